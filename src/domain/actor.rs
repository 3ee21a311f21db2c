//! Who acts: roles, units and the person behind a command.

use super::ids::{AccountId, UnitId};
use super::vocabulary::vocabulary;

vocabulary!(
    /// A role of the regulation; an account may hold several.
    Role {
        /// 申报/建设单位经办人.
        Unit = "unit",
        /// 主管单位.
        Supervisor = "supervisor",
        /// 受理员 of the Centre.
        Intake = "intake",
        /// 技术评审员 of the Centre.
        Reviewer = "reviewer",
        /// 评审负责人 of the Centre.
        Lead = "lead",
        /// 签发人 of the Centre.
        Signer = "signer",
        /// 专家组秘书 of the Centre.
        PanelSecretary = "panel-secretary",
        /// 发改委 — approves projects 〔第四条〕.
        Planning = "planning",
        /// 财政局 — budget, procurement and payment 〔第四条〕.
        Finance = "finance",
        /// 网信办 — reviews filings 〔第七条〕.
        Cyberspace = "cyberspace",
        /// 公安、审计、密码管理: read only, may leave advice 〔第四条〕.
        Oversight = "oversight",
        /// 系统管理员.
        Sysadmin = "sysadmin",
        /// 安全管理员.
        Secadmin = "secadmin",
        /// 审计管理员.
        Auditor = "auditor",
    }
);

impl Role {
    /// Tells whether the role belongs to the 县大数据发展服务中心 ("the Centre").
    pub const fn is_of_the_centre(self) -> bool {
        matches!(self, Role::Intake | Role::Reviewer | Role::Lead | Role::Signer | Role::PanelSecretary)
    }

    /// Tells whether the role is one of the three administrators, who take no part in the business (三员分立).
    pub const fn is_administrator(self) -> bool {
        matches!(self, Role::Sysadmin | Role::Secadmin | Role::Auditor)
    }

    /// Tells whether the role sees every registered project, not only those of its own unit.
    pub const fn sees_all_projects(self) -> bool {
        !matches!(self, Role::Unit | Role::Supervisor | Role::Sysadmin | Role::Secadmin | Role::Auditor)
    }
}

vocabulary!(
    /// What kind of body a unit is 〔第二条〕.
    UnitKind {
        /// 县直党政机关.
        CountyOrgan = "county-organ",
        /// 乡镇(街道) — reports through a supervising unit 〔附件〕.
        Township = "township",
        /// 事业单位, hospitals and schools included.
        Institution = "institution",
        /// 社会团体.
        SocialOrganization = "social-organization",
        /// 下属机构或内设部门 — reports through a supervising unit 〔附件〕.
        Subordinate = "subordinate",
    }
);

impl UnitKind {
    /// Tells whether units of this kind report through a supervising unit 〔附件 注〕.
    pub const fn reports_through_supervisor(self) -> bool {
        matches!(self, UnitKind::Township | UnitKind::Subordinate)
    }

    /// Guesses the kind from a unit's name, as a clerk would; the person registering it confirms.
    pub fn guess(name: &str) -> UnitKind {
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if ends(&["镇", "乡", "街道", "镇人民政府", "乡人民政府", "街道办事处", "镇政府", "乡政府"])
        {
            UnitKind::Township
        } else if ends(&["协会", "学会", "商会", "联合会", "工会", "妇联", "团县委", "红十字会", "残联"])
        {
            UnitKind::SocialOrganization
        } else if ends(&["医院", "学校", "中学", "小学", "中心", "卫生院", "图书馆", "档案馆", "博物馆", "融媒体中心"])
        {
            UnitKind::Institution
        } else if ends(&["股", "室", "科", "站", "所", "队"]) {
            UnitKind::Subordinate
        } else {
            UnitKind::CountyOrgan
        }
    }
}

/// A unit (单位) as the rules need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its number.
    pub id: UnitId,
    /// Its name, unique in the county.
    pub name: String,
    /// What kind of body it is.
    pub kind: UnitKind,
    /// The unit that supervises it, where it has one.
    pub supervisor: Option<UnitId>,
    /// Whether it is the 县大数据发展服务中心 itself.
    pub is_centre: bool,
}

impl Unit {
    /// Tells whether the unit's projects may report through another: the one it is registered under, or any where it is
    /// of a kind that must report through one and none is registered — for a township the supervising unit follows
    /// the project's line of business 〔附件 注〕.
    pub fn may_report_through(&self, other: UnitId) -> bool {
        match self.supervisor {
            Some(supervisor) => supervisor == other && self.id != other,
            None => self.kind.reports_through_supervisor() && self.id != other,
        }
    }
}

/// The person behind a command, read afresh inside every transaction so that a disabled account stops at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account's number.
    pub id: AccountId,
    /// The account's name on the command line.
    pub account: String,
    /// The person's name.
    pub name: String,
    /// The unit the person belongs to.
    pub unit: UnitId,
    /// The unit's name.
    pub unit_name: String,
    /// Every role the account holds.
    pub roles: Vec<Role>,
    /// The operating system's user, recorded beside the account in every audit entry.
    pub os_user: String,
}

impl Actor {
    /// Tells whether the account holds the role.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
