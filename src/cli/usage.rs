//! The command line in Chinese: help, and what is wrong with the arguments.
//!
//! clap speaks English; its kinds of errors are told apart here and said anew.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};

use super::args::Line;
use super::failure::Failure;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// What reading the command line comes to.
pub enum Reading {
    /// Something to do.
    Line(Box<Line>),
    /// Help or version to print.
    Page(String),
    /// Wrong arguments.
    Wrong(Failure),
}

/// Reads the command line.
pub fn read(args: Vec<OsString>) -> Reading {
    let parsed = command().try_get_matches_from(args).and_then(|matches| Line::from_arg_matches(&matches));
    match parsed {
        Ok(line) => Reading::Line(Box::new(line)),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Reading::Page(error.render().to_string())
        }
        Err(error) => Reading::Wrong(wrong(&error)),
    }
}

/// Builds the command line with Chinese help throughout.
pub fn command() -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
    let mut command = chinese(Line::command().disable_version_flag(true)).arg(version.help_heading("选项"));
    command.build();
    chinese_usage(command)
}

fn chinese(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助");
    command
        .help_template(TEMPLATE)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .arg(help)
        .mut_args(|arg| match (arg.get_help_heading().is_some(), arg.is_positional()) {
            (true, _) => arg,
            (false, true) => arg.help_heading("参数"),
            (false, false) => arg.help_heading("选项"),
        })
        .mut_subcommands(chinese)
}

fn chinese_usage(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().replace("[OPTIONS]", "[选项]");
    command
        .override_usage(usage.replace("[COMMAND]", "[命令]").replace("<COMMAND>", "<命令>"))
        .mut_subcommands(chinese_usage)
}

fn wrong(error: &clap::Error) -> Failure {
    let argument = said(error, ContextKind::InvalidArg);
    let value = said(error, ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有这个参数：{argument}"),
        ErrorKind::InvalidSubcommand => format!("没有这个命令：{}", said(error, ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => {
            format!("参数 {argument} 不能与 {} 同时使用", said(error, ContextKind::PriorArg))
        }
        ErrorKind::ValueValidation => match std::error::Error::source(error) {
            Some(reason) => format!("参数 {argument} 的值“{value}”不对：{}", reason_in_chinese(&reason.to_string())),
            None => format!("参数 {argument} 的值“{value}”不对"),
        },
        ErrorKind::InvalidValue if value.is_empty() => format!("参数 {argument} 缺少值"),
        ErrorKind::InvalidValue => format!("参数 {argument} 的值“{value}”不对"),
        ErrorKind::TooManyValues => format!("参数 {argument} 的值太多，多出的是“{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("参数 {argument} 的值个数不对"),
        ErrorKind::NoEquals => format!("参数 {argument} 与值之间要用 ="),
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 编码的文字".to_owned(),
        _ => "命令行不正确".to_owned(),
    };
    Failure::usage(message, hint(error))
}

/// Numbers are read by clap itself, which says in English what is no number; our own readers speak Chinese.
fn reason_in_chinese(reason: &str) -> String {
    if reason.is_ascii() { "应为整数".to_owned() } else { reason.to_owned() }
}

fn hint(error: &clap::Error) -> String {
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        match error.get(kind) {
            Some(ContextValue::String(near)) => return format!("是否应为 {near}？用 --help 查看用法"),
            Some(ContextValue::Strings(near)) if !near.is_empty() => {
                return format!("是否应为 {}？用 --help 查看用法", near.join("、"));
            }
            _ => {}
        }
    }
    match error.get(ContextKind::ValidSubcommand) {
        Some(ContextValue::Strings(valid)) if !valid.is_empty() => format!("可用的命令：{}", valid.join("、")),
        _ => "用 --help 查看用法".to_owned(),
    }
}

fn said(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(one)) => one.clone(),
        Some(ContextValue::Strings(many)) => many.join("、"),
        Some(ContextValue::StyledStr(one)) => one.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn clap_finds_no_fault_with_the_commands() {
        Line::command().debug_assert();
        command().debug_assert();
    }

    #[test]
    fn every_page_of_help_is_chinese() {
        fn check(command: &mut Command) {
            let help = command.render_long_help().to_string();
            for english in
                ["Usage", "Options", "Arguments", "Commands", "Print ", "OPTIONS", "COMMAND", "default:", "possible"]
            {
                assert!(!help.contains(english), "{english} in {help}");
            }
            command.get_subcommands_mut().for_each(check);
        }
        check(&mut command());
    }

    #[test]
    fn what_is_wrong_is_said_in_chinese() {
        for (line, expected) in [
            ("pingshen lsit", "没有这个命令：lsit"),
            ("pingshen show", "缺少参数：<编号>"),
            ("pingshen user", "缺少命令"),
            ("pingshen --colour", "没有这个参数：--colour"),
            ("pingshen queue --role king", "没有这个角色"),
            ("pingshen do A submit --if-version x", "应为整数"),
            ("pingshen --db", "缺少值"),
        ] {
            let Reading::Wrong(failure) = read(words(line)) else { panic!("{line}") };
            assert!(failure.message.contains(expected), "{line}: {}", failure.message);
            assert!(!failure.text().contains("error"), "{line}");
        }
    }
}
