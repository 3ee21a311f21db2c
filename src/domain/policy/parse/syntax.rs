//! Says in Chinese what is no TOML.

use std::collections::BTreeSet;

use toml::de::Error;

use super::report::Report;

/// What the reader of TOML says, and what a keeper of the file should do about it; the first match counts.
const REASONS: &[(&str, &str)] = &[
    ("string values must be quoted", "文字应放在英文半角双引号内"),
    ("missing opening quote", "缺少前引号"),
    ("invalid basic string", "双引号未成对，或者引号内有不能直接书写的字符"),
    ("invalid literal string", "单引号未成对，或者引号内有不能直接书写的字符"),
    ("invalid multi-line", "多行文字的引号未成对，或者其中有不能直接书写的字符"),
    ("missing escaped value", "反斜杠后面的写法有误"),
    ("too few unicode value digits", "反斜杠后面的写法有误"),
    ("invalid value", "反斜杠后面的写法有误"),
    ("invalid unquoted", "键名只能用英文字母、数字、下划线和连字符"),
    ("unquoted keys cannot be empty", "“=”前面缺少键名"),
    ("key with no value", "键后面缺少“=”和值，注意用英文半角等号"),
    ("missing value", "“=”后面缺少值"),
    ("missing assignment", "缺少“=”，注意用英文半角等号"),
    ("extra `=`", "多了一个“=”"),
    ("extra assignment", "多了一个“=”"),
    ("unexpected `=`", "列表里不能有“=”，请检查前面的方括号是否成对"),
    ("extra comma", "多了一个逗号"),
    ("missing comma", "缺少逗号，或者方括号、花括号没有成对，注意用英文半角逗号"),
    ("unclosed array table", "节名的双层方括号没有成对"),
    ("unclosed table", "节名的方括号没有成对"),
    ("unclosed array", "列表的方括号没有成对"),
    ("unclosed inline table", "花括号没有成对"),
    ("missing array opening", "多了一个“]”"),
    ("missing inline table opening", "多了一个“}”"),
    ("missing table open", "节名缺少“[”"),
    ("missing key", "花括号内缺少键名"),
    ("invalid inline table element", "花括号内的写法有误"),
    ("unexpected key or value", "值后面还有多余的内容，一行只能写一项"),
    ("unexpected content", "有多余的内容，一行只能写一项"),
    ("invalid key-value pair", "应写成“键 = 值”"),
    ("cannot extend", "该名称前面已经有值，不能再当作一节使用"),
    ("invalid date", "日期或时间有误，没有这一天或者写法不对"),
    ("invalid time", "日期或时间有误，没有这一天或者写法不对"),
    ("invalid offset", "日期或时间有误，没有这一天或者写法不对"),
    ("invalid integer", "数字写法有误"),
    ("invalid hexadecimal", "数字写法有误"),
    ("invalid octal", "数字写法有误"),
    ("invalid binary", "数字写法有误"),
    ("invalid float", "数字写法有误"),
    ("unexpected leading zero", "数字前面不能有多余的0"),
    ("redundant", "数字写法有误"),
    ("unexpected sign", "数字写法有误"),
    ("`_` may only", "数字写法有误"),
    ("integers with a radix", "数字写法有误"),
    ("radix must be", "数字写法有误"),
    ("invalid comment character", "注释里有控制字符"),
    ("carriage return", "换行符有误，请另存为UTF-8文本文件"),
    ("cannot recurse", "括号嵌套过深"),
    ("recursion limit", "括号嵌套过深"),
];

/// Errors after which the reader has lost its place: it takes the rest of the file for a part of a list.
const LOST: &[&str] = &["unexpected `=`", "missing comma between array elements"];

/// Reports the errors of a file that is no TOML, one for each line and without their echoes.
pub(super) fn report(errors: &[Error], report: &Report<'_>) {
    let line = |error: &Error| error.span().map_or(0, |span| report.line_of(span.start));
    let is_lost = |error: &&Error| LOST.iter().any(|lost| error.message().starts_with(lost));
    let lost_from = errors.iter().filter(is_lost).map(line).min().unwrap_or(usize::MAX);
    let mut reported = BTreeSet::new();
    for error in errors {
        let line = line(error);
        if line > lost_from || !reported.insert(line) {
            continue;
        }
        let reason = match error.span() {
            Some(span) if error.message().starts_with("duplicate key") => {
                format!("：“{}”重复出现", report.between(span))
            }
            // The reader takes nothing for a text without quotes.
            Some(span) if span.is_empty() && error.message().starts_with("string values") => reason("missing value"),
            _ => reason(error.message()),
        };
        let words = report.line_text(line);
        let shown = if words.is_empty() { String::new() } else { format!("。该行为“{words}”") };
        report.add(line, format!("语法错误{reason}{shown}"));
    }
}

/// Finds the Chinese reason; empty where the reader says something new.
fn reason(message: &str) -> String {
    let known = REASONS.iter().find(|(english, _)| message.starts_with(english));
    known.map(|(_, chinese)| format!("：{chinese}")).unwrap_or_default()
}
