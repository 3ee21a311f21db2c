//! How far whoever is at the terminal reaches beyond the database: the one answer for the command line and the screens.

use crate::domain::key::Fingerprint;

/// From where the program is used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Reach {
    /// By a user of this machine, with that user's own rights: a path is the person's own.
    #[default]
    Machine,
    /// Over SSH, under the one user who owns the database: no path of this machine is the person's, and what comes and
    /// goes does so through standard input and output. The key says who it is, as long as it is in force.
    Line(Fingerprint),
}

impl Reach {
    /// Tells whether files of this machine may be named, to be read or written.
    pub fn has_files(&self) -> bool {
        match self {
            Reach::Machine => true,
            Reach::Line(_) => false,
        }
    }

    /// Tells the key somebody came in with.
    pub fn key(&self) -> Option<&Fingerprint> {
        match self {
            Reach::Machine => None,
            Reach::Line(fingerprint) => Some(fingerprint),
        }
    }
}
