//! Identities: small types so that one kind of number is never taken for another.

use std::fmt;

macro_rules! row_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);
    };
}

row_id!(
    /// A project, as the database numbers it.
    ProjectId
);
row_id!(
    /// An account.
    AccountId
);
row_id!(
    /// A unit (单位).
    UnitId
);

row_id!(
    /// An expert of the pool.
    ExpertId
);

/// The number of an expert that people read and type, such as `Z012`.
impl fmt::Display for ExpertId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("Z{:03}", self.0))
    }
}

impl ExpertId {
    /// Takes a number as typed: `Z012`, `z12`.
    pub fn typed(text: &str) -> Option<ExpertId> {
        let digits = text.trim().strip_prefix(['Z', 'z'])?;
        digits.parse().ok().filter(|number| *number > 0).map(ExpertId)
    }
}

/// The number of a project that people read and type, such as `YS2027-0001`: plan year and running number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectCode(String);

impl ProjectCode {
    /// Composes the code of the `number`-th project of a plan year.
    pub fn compose(plan_year: i32, number: i64) -> ProjectCode {
        ProjectCode(format!("YS{plan_year}-{number:04}"))
    }

    /// Takes a code as typed, forgiving case and surrounding blanks.
    pub fn typed(text: &str) -> ProjectCode {
        ProjectCode(text.trim().to_uppercase())
    }

    /// Tells the code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProjectCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The number of a checklist item, such as `K03`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(String);

impl ItemId {
    /// Takes an item number as typed, forgiving case and surrounding blanks.
    pub fn typed(text: &str) -> ItemId {
        ItemId(text.trim().to_uppercase())
    }

    /// Tells the number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
