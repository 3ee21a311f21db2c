//! The form of what a unit declares: everything a person may still change, over what is declared now.

use std::collections::BTreeMap;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Outcome;
use super::aid::{self, Aid};
use super::field::{Field, Spec};
use super::lines::{funding_text, items_text, read_funding_text, read_items_text};
use super::sheet::{Asked, Sheet};
use crate::domain::calendar::{Moment, YearMonth, parse_date};
use crate::domain::intake::period::in_order;
use crate::domain::money::Money;
use crate::domain::project::{
    Declaration, Deployment, InYearAddition, InYearReason, Network, OperationPlan, ProjectKind,
};
use crate::domain::text::{clean_line, clean_text};
use crate::domain::workflow::action::{Kind, Need};
use crate::tui::journal::Content;
use crate::tui::width::Width;

const KINDS: Kind = Kind::Choice(&["new", "rebuild", "expand", "operation", "service"]);
const YES_NO: Kind = Kind::Choice(&["yes", "no"]);
const IN_YEAR: Kind = Kind::Choice(&["superior", "other"]);
const DEPLOYMENTS: Kind = Kind::Choice(&["government-cloud", "hosted", "leased", "own-machine-room"]);
const NETWORKS: Kind = Kind::Choice(&["government-extranet", "private", "internet"]);

/// What is settled with the plan.
const SETTLED: [&str; 9] = [
    "name",
    "plan_year",
    "amount_wan",
    "funding",
    "in_year.reason",
    "in_year.doc_no",
    "in_year.explanation",
    "in_year.funding_request",
    "in_year.construction_plan",
];

/// The names are those of the project JSON.
const FIELDS: [Spec; 28] = [
    required(line("name", "项目名称")),
    required(aided(line("plan_year", "计划年度"), aid::YEAR)),
    of("kind", "建设性质", KINDS),
    aided(line("start", "开始月份"), aid::MONTH),
    aided(line("end", "结束月份"), aid::MONTH),
    required(of("amount_wan", "项目投资额", Kind::Money)),
    aided(of("funding", "资金来源", Kind::Text), aid::FUNDING),
    of("basis", "建设依据和标准", Kind::Text),
    of("necessity", "建设的必要性", Kind::Text),
    of("content", "建设内容简介", Kind::Text),
    of("custom_development", "是否定制开发", YES_NO),
    aided(line("resource_catalogue", "信息资源目录"), aid::CATALOGUE),
    of("deployment", "部署方式", DEPLOYMENTS),
    of("network", "使用网络", NETWORKS),
    line("designer", "方案编制单位"),
    line("leader", "单位分管领导"),
    line("contact", "填报联系人"),
    line("phone", "联系电话"),
    of("filed_on", "填报日期", Kind::Date),
    aided(of("items", "建设清单", Kind::Text), aid::ITEMS),
    aided(line("om.free_months", "免费运维月数"), aid::MONTHS),
    of("om.per_year_wan", "此后每年运维", Kind::MoneyOrZero),
    aided(line("om.years", "运维年数"), aid::YEARS),
    of("in_year.reason", "当年新增原因", IN_YEAR),
    line("in_year.doc_no", "上级文件文号"),
    of("in_year.explanation", "当年新增理由", Kind::Text),
    of("in_year.funding_request", "附资金需求", YES_NO),
    of("in_year.construction_plan", "附建设方案", YES_NO),
];

const fn of(name: &'static str, label: &'static str, kind: Kind) -> Spec {
    Spec { name, label, kind, need: Need::Optional, aid: None }
}

const fn line(name: &'static str, label: &'static str) -> Spec {
    of(name, label, Kind::Line)
}

const fn required(spec: Spec) -> Spec {
    Spec { need: Need::Always, ..spec }
}

const fn aided(spec: Spec, aid: Aid) -> Spec {
    Spec { aid: Some(aid), ..spec }
}

/// What a unit declares about a project.
///
/// Only what the person changes is changed: whatever the form does not show, or shows in short, stays what it was.
#[derive(Debug, Clone)]
pub struct DeclarationForm {
    before: Declaration,
    title: String,
    plan_is_open: bool,
    now: Moment,
    pub(super) sheet: Sheet,
    found: usize,
}

impl DeclarationForm {
    /// Opens the form over what is declared. With the plan settled, name, year and money are told but not asked.
    pub fn new(title: &str, before: &Declaration, plan_is_open: bool, now: Moment) -> DeclarationForm {
        let specs = FIELDS.into_iter().filter(|spec| plan_is_open || !SETTLED.contains(&spec.name)).collect();
        let heading = if plan_is_open { Vec::new() } else { vec![settled(before)] };
        let given = |spec: &Spec| Some(shown(before, spec.name));
        let sheet = Sheet::new(title, heading, specs, given, Vec::new(), Some(now));
        DeclarationForm { before: before.clone(), title: title.to_owned(), plan_is_open, now, sheet, found: 0 }
    }

    /// Measures as the terminal in use does.
    pub fn with_width(mut self, width: Width) -> DeclarationForm {
        self.sheet.set_width(width);
        self
    }

    /// Tells what the fields hold, as typed: what a draft is made of.
    pub fn content(&self) -> Content {
        self.sheet.content()
    }

    /// Names a field.
    pub fn label(&self, field: &str) -> Option<&'static str> {
        self.sheet.named(field).map(|field| field.spec.label)
    }

    /// Lays a draft over what the fields hold; `base` is what they held when it was begun.
    pub fn put(&mut self, draft: &Content, base: &Content) {
        self.sheet.put(draft, base);
    }

    /// Tells what the changed fields hold, as typed so far.
    pub fn values(&self) -> BTreeMap<String, String> {
        self.sheet.changed()
    }

    /// Tells how many fields the last attempt to hand in found wanting.
    pub fn found(&self) -> usize {
        self.found
    }

    /// Takes a key.
    pub fn handle(&mut self, key: KeyEvent) -> Outcome {
        self.found = 0;
        match self.sheet.handle(key) {
            Asked::Nothing => Outcome::Stay,
            Asked::Cancel => Outcome::Cancel(self.values()),
            Asked::Submit => self.submit(),
        }
    }

    fn submit(&mut self) -> Outcome {
        let problems = self.sheet.check();
        self.sheet.fields.iter_mut().for_each(|field| field.say(None));
        self.check_together();
        let is_wrong = |field: &Field| {
            problems.iter().any(|problem| problem.field == field.spec.name) || field.saying(false).is_some()
        };
        self.found = self.sheet.fields.iter().filter(|field| is_wrong(field)).count();
        if self.found > 0 {
            self.sheet.focus_first(is_wrong);
            return Outcome::Stay;
        }
        if self.values().is_empty() {
            self.sheet.note = Some("没有改动，按 Esc 返回".to_owned());
            return Outcome::Stay;
        }
        Outcome::Submit(self.values())
    }

    /// Checks what concerns more than one field.
    fn check_together(&mut self) {
        let (start, end) = (self.text("start"), self.text("end"));
        if in_order(aid::month(&start).ok(), aid::month(&end).ok()).is_err() {
            self.sheet.say("end", "结束月份早于开始月份");
        }
        let terms = ["om.free_months", "om.per_year_wan", "om.years"];
        let changed = self.values().keys().any(|name| terms.contains(&name.as_str()));
        let blank: Vec<&str> = terms.into_iter().filter(|name| self.text(name).is_empty()).collect();
        if changed && blank.len() < terms.len() {
            for name in blank {
                self.sheet.say(name, "运维安排的三项须一并填写");
            }
        }
        let papers = ["in_year.doc_no", "in_year.explanation", "in_year.funding_request", "in_year.construction_plan"];
        let given = |name: &&str| !matches!(self.text(name).as_str(), "" | "no");
        if self.text("in_year.reason").is_empty() && papers.iter().any(given) {
            self.sheet.say("in_year.reason", "填写了当年新增的内容，须选择原因；不是当年新增的，请清空以下各项");
        }
    }

    fn text(&self, name: &str) -> String {
        self.sheet.named(name).map(|field| field.value().trim().to_owned()).unwrap_or_default()
    }

    /// Makes the whole declaration as it shall be.
    pub fn declaration(&self) -> Declaration {
        let mut after = self.before.clone();
        for (name, text) in self.values() {
            set(&mut after, &name, text.trim());
        }
        if self.values().contains_key("funding") {
            // The amount may be changed in the same form, and a single source pays all of it.
            let lines = read_funding_text(&self.text("funding"), &self.before.funding, Some(after.amount));
            after.funding = lines.unwrap_or_default();
        }
        after
    }

    /// Lays what was changed over a declaration that somebody else wrote meanwhile.
    ///
    /// Where both changed the same, the person is told what the other wrote and decides by handing in once more.
    pub fn rebase(&mut self, now_declared: &Declaration, plan_is_open: bool) {
        if *now_declared == self.before && plan_is_open == self.plan_is_open {
            return;
        }
        let mine = self.values();
        let before = DeclarationForm::new(&self.title, &self.before, self.plan_is_open, self.now);
        let mut fresh = DeclarationForm::new(&self.title, now_declared, plan_is_open, self.now);
        fresh.sheet.set_width(self.sheet.width);
        fresh.put(&self.content(), &before.content());
        for name in mine.keys() {
            let (old, new) = (shown(&self.before, name), shown(now_declared, name));
            if old != new {
                let theirs = if new.trim().is_empty() { "空" } else { new.as_str() };
                fresh.sheet.say(name, format!("他人已改为：{theirs}。再按 F8 以你填写的为准"));
            }
        }
        if fresh.sheet.fields.iter().any(|field| field.saying(false).is_some()) {
            fresh.sheet.focus_first(|field| field.saying(false).is_some());
        }
        *self = fresh;
    }

    /// Shows why the service did not accept what was handed in.
    pub fn refuse(&mut self, why: &str) {
        self.sheet.note = Some(why.to_owned());
    }

    /// Takes a pasted text into the field that has the focus.
    pub fn paste(&mut self, text: &str) {
        self.sheet.paste(text);
    }

    /// Tells how many rows it takes to show everything, the frame included.
    pub fn preferred_height(&self, width: u16) -> u16 {
        self.sheet.preferred_height(width)
    }

    /// Draws the form and tells the cell of the caret, where an input method opens its window.
    pub fn render(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.sheet.render(area, buf)
    }
}

fn settled(declared: &Declaration) -> String {
    let year = declared.plan_year.map(|year| format!("{year}年度，")).unwrap_or_default();
    format!("{}，{year}{} 万元；名称、年度、金额、资金来源已随计划确定，不在此修改", declared.name, declared.amount)
}

/// Writes a field the way a person types it.
fn shown(declared: &Declaration, name: &str) -> String {
    let month = |month: Option<YearMonth>| month.map(|month| month.to_string()).unwrap_or_default();
    let plan = |text: fn(&OperationPlan) -> String| declared.operation.as_ref().map(text).unwrap_or_default();
    let added = declared.in_year.as_ref();
    match name {
        "name" => declared.name.clone(),
        "plan_year" => declared.plan_year.map(|year| year.to_string()).unwrap_or_default(),
        "kind" => declared.kind.map(|kind| kind.code().to_owned()).unwrap_or_default(),
        "start" => month(declared.start),
        "end" => month(declared.end),
        "amount_wan" if declared.amount.is_zero() => String::new(),
        "amount_wan" => declared.amount.to_string(),
        "funding" => funding_text(&declared.funding),
        "basis" => declared.basis.clone(),
        "necessity" => declared.necessity.clone(),
        "content" => declared.content.clone(),
        "custom_development" => yes_or_no(declared.custom_development),
        "resource_catalogue" => declared.catalogue.as_ref().map(aid::catalogue_text).unwrap_or_default(),
        "deployment" => declared.deployment.map(|place| place.code().to_owned()).unwrap_or_default(),
        "network" => declared.network.map(|network| network.code().to_owned()).unwrap_or_default(),
        "designer" => declared.designer.clone().unwrap_or_default(),
        "leader" => declared.leader.clone(),
        "contact" => declared.contact.clone(),
        "phone" => declared.phone.clone(),
        "filed_on" => declared.filed_on.map(|day| day.to_string()).unwrap_or_default(),
        "items" => items_text(&declared.items),
        "om.free_months" => plan(|plan| plan.free_months.to_string()),
        "om.per_year_wan" => plan(|plan| plan.per_year.to_string()),
        "om.years" => plan(|plan| plan.years.to_string()),
        "in_year.reason" => added.map(|added| added.reason.code().to_owned()).unwrap_or_default(),
        "in_year.doc_no" => added.and_then(|added| added.doc_no.clone()).unwrap_or_default(),
        "in_year.explanation" => added.map(|added| added.explanation.clone()).unwrap_or_default(),
        "in_year.funding_request" => yes_or_no(added.map(|added| added.funding_request)),
        "in_year.construction_plan" => yes_or_no(added.map(|added| added.construction_plan)),
        _ => String::new(),
    }
}

fn yes_or_no(flag: Option<bool>) -> String {
    flag.map(|yes| if yes { "yes" } else { "no" }).unwrap_or_default().to_owned()
}

/// Writes a changed field into a declaration; it was checked before.
fn set(declared: &mut Declaration, name: &str, text: &str) {
    let line = || clean_line(text).trim().to_owned();
    let paragraphs = || clean_text(text).trim().to_owned();
    match name {
        "name" => declared.name = line(),
        "plan_year" => declared.plan_year = aid::year(text).or(declared.plan_year),
        "kind" => declared.kind = ProjectKind::parse(text),
        "start" => declared.start = aid::month(text).ok(),
        "end" => declared.end = aid::month(text).ok(),
        "amount_wan" => declared.amount = Money::parse_wan(text).unwrap_or_default(),
        "basis" => declared.basis = paragraphs(),
        "necessity" => declared.necessity = paragraphs(),
        "content" => declared.content = paragraphs(),
        "custom_development" => declared.custom_development = (!text.is_empty()).then_some(text == "yes"),
        "resource_catalogue" => declared.catalogue = aid::catalogue(text).ok(),
        "deployment" => declared.deployment = Deployment::parse(text),
        "network" => declared.network = Network::parse(text),
        "designer" => declared.designer = Some(line()).filter(|designer| !designer.is_empty()),
        "leader" => declared.leader = line(),
        "contact" => declared.contact = line(),
        "phone" => declared.phone = line(),
        "filed_on" => declared.filed_on = parse_date(text),
        "items" => declared.items = read_items_text(text, &declared.items).unwrap_or_default(),
        "om.free_months" => set_plan(declared, text, |plan| plan.free_months = aid::count(text, 600).unwrap_or(0)),
        "om.per_year_wan" => set_plan(declared, text, |plan| plan.per_year = price(text)),
        "om.years" => set_plan(declared, text, |plan| plan.years = aid::count(text, 50).unwrap_or(0)),
        "in_year.doc_no" => set_in_year(declared, |added| added.doc_no = Some(line()).filter(|no| !no.is_empty())),
        "in_year.explanation" => set_in_year(declared, |added| added.explanation = paragraphs()),
        "in_year.funding_request" => set_in_year(declared, |added| added.funding_request = text == "yes"),
        "in_year.construction_plan" => set_in_year(declared, |added| added.construction_plan = text == "yes"),
        // The last of them in the order of names: without a reason it is no addition, whatever else was cleared.
        "in_year.reason" => match InYearReason::parse(text) {
            Some(reason) => set_in_year(declared, |added| added.reason = reason),
            None => declared.in_year = None,
        },
        _ => {}
    }
}

/// Changes what makes the project an addition in the running year 〔第六条〕.
fn set_in_year(declared: &mut Declaration, change: impl FnOnce(&mut InYearAddition)) {
    change(declared.in_year.get_or_insert_with(|| InYearAddition {
        reason: InYearReason::Other,
        doc_no: None,
        explanation: String::new(),
        funding_request: false,
        construction_plan: false,
    }));
}

/// Changes the plan; its three terms are given together or not at all, so an emptied one ends it.
fn set_plan(declared: &mut Declaration, text: &str, change: impl FnOnce(&mut OperationPlan)) {
    if text.is_empty() {
        declared.operation = None;
        return;
    }
    let nothing = || OperationPlan { free_months: 0, per_year: Money::ZERO, years: 0, build_cost: None };
    change(declared.operation.get_or_insert_with(nothing));
}

fn price(text: &str) -> Money {
    Money::parse_wan_or_zero(text).unwrap_or(Money::ZERO)
}

#[cfg(test)]
mod tests;
