//! The list of meetings.
