//! Journeys through the terminal UI.
