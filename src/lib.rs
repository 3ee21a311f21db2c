//! pingshen (评审): the 政务信息化项目管理系统 of a county, as a terminal program.

pub mod domain;
pub mod tui;
