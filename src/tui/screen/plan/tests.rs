//! The plan by keys alone.
