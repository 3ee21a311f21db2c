//! Marks in the queue, and what is done with many projects at once.
