//! What lies over a stage without changing it.

use crate::domain::vocabulary::vocabulary;

vocabulary!(
    /// Something that lies over a stage; the stage stays what it is.
    Overlay {
        /// 补正中.
        Correcting = "correcting",
        /// 已暂停.
        Suspended = "suspended",
        /// 变更审查中.
        Changing = "changing",
        /// 疑似涉密冻结 〔第十七条〕.
        SecrecyFrozen = "secrecy-frozen",
        /// 违规挂牌 〔第十六条〕.
        Violation = "violation",
    }
);

impl Overlay {
    /// Tells whether the clock of the stage stands still under it: whoever's turn it is cannot act. A violation on
    /// record stops nobody.
    pub const fn stops_clock(self) -> bool {
        !matches!(self, Overlay::Violation)
    }
}
