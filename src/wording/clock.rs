//! What is said of a clock that stands still.

/// Says that it does, and what was left.
pub fn stopped(left: i32) -> String {
    let days = left.unsigned_abs();
    match left < 0 {
        true => format!("时限已停，已逾期 {days} 个工作日"),
        false => format!("时限已停，剩余 {days} 个工作日"),
    }
}
