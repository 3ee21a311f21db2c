//! A change that only waits: what is said of it must not read as if it were in effect.

/// Said in place of 已办理.
pub const ASKED: &str = "已登记申请，尚未生效";

/// What it waits for 〔第四条〕.
pub const WAITS: &str = "增加超过允许的幅度，待县发改委调整批复，批复以前金额不变";
