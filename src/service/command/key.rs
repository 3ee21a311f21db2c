//! What can be asked to change about the keys with which people come in over SSH.

/// Something about a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyOrder {
    /// Proposes a key of an account; it lets nobody in yet.
    Propose {
        /// The account.
        account: String,
        /// The line of the public key's file.
        line: String,
    },
    /// Puts a proposed key into force.
    Activate {
        /// Its fingerprint, as written.
        fingerprint: String,
    },
    /// Ends a key, in force or only proposed.
    Revoke {
        /// Its fingerprint, as written.
        fingerprint: String,
    },
}
