//! The opinion as it is composed.
