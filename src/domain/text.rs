//! stub
/// x
pub fn clean_line(t: &str) -> String { t.chars().filter(|c| !c.is_control()).collect() }
/// x
pub fn clean_text(t: &str) -> String { t.chars().filter(|c| !c.is_control() || *c=='\n').collect() }
