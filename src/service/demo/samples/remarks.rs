//! What a reviewer notes where nothing is wrong: the place in the scheme, or why an item does not apply.

use super::Sample;
use crate::domain::project::ProjectKind;

/// Tells why an item does not apply to a sample, where it does not.
pub fn not_applicable(item: &str, sample: &Sample) -> Option<&'static str> {
    match item {
        "K07" if sample.kind == ProjectKind::New => Some("新建系统，无存量系统需要迁移。"),
        "B11" if sample.custom != Some(true) => Some("投资额未达到采购需求调查限额，且不需定制开发。"),
        "A11" if sample.deployment.is_some() => Some("仅在政务外网使用，不对互联网开放服务。"),
        _ => None,
    }
}

/// Tells where in the scheme an item is dealt with.
pub fn place(item: &str) -> &'static str {
    match item {
        "B01" => "附件1—4",
        "B02" => "第一章 1.2",
        "B03" => "第二章 2.1",
        "B04" => "附件2",
        "B05" => "第四章 4.2 功能清单",
        "B07" => "第九章 表9-1",
        "B09" => "第八章 8.3",
        "K01" => "第五章 图5-1",
        "K06" => "第五章 表5-4",
        "K10" => "附件6 功能点计数表",
        "G01" | "G02" => "附件7 信息资源目录",
        "G05" => "第六章 6.3",
        "A02" | "A03" => "第七章 7.1",
        "A05" => "第七章 7.4",
        _ => "",
    }
}
