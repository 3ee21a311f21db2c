//! What keys can mean and where: the words the key table is written in.
//!
//! The codes are what a person writes in `keys.toml`; they never change.

use crate::domain::vocabulary::vocabulary;

vocabulary!(
    /// A command a key can mean.
    Op {
        /// Shows what works here.
        Help = "help",
        /// Finds a command by its word.
        Palette = "palette",
        /// Edits the filter line.
        Filter = "filter",
        /// Goes back; at the root, leaves.
        Back = "back",
        /// Goes back; a lone Esc may be half of an arrow key on a slow line, so at the root it leaves only when repeated.
        Escape = "escape",
        /// The next pane or tab.
        NextPane = "next-pane",
        /// The previous pane or tab.
        PreviousPane = "previous-pane",
        /// One row down.
        Down = "down",
        /// One row up.
        Up = "up",
        /// A page down.
        PageDown = "page-down",
        /// A page up.
        PageUp = "page-up",
        /// The first row.
        First = "first",
        /// The last row.
        Last = "last",
        /// Opens what the cursor is on.
        Open = "open",
        /// The next project of the list.
        NextProject = "next-project",
        /// The previous project of the list.
        PreviousProject = "previous-project",
        /// The next unfinished item.
        NextUnfinished = "next-unfinished",
        /// The previous unfinished item.
        PreviousUnfinished = "previous-unfinished",
        /// Another look.
        Theme = "theme",
        /// Takes the mouse or gives it back.
        Mouse = "mouse",
        /// The answer given last, to this item too.
        Repeat = "repeat",
        /// The further lines of the details.
        More = "more",
        /// The remark to an item.
        Remark = "remark",
        /// What was found in the project.
        Findings = "findings",
        /// Takes a finding up.
        AcceptFinding = "accept-finding",
        /// Rules a finding out.
        DismissFinding = "dismiss-finding",
        /// What the unit declares about the project.
        Declaration = "declaration",
        /// Projects from a form.
        Import = "import",
        /// Shows or hides the preview.
        Preview = "preview",
        /// What can be done with the project.
        Menu = "menu",
        /// The opinions.
        Opinions = "opinions",
        /// The history.
        History = "history",
        /// The rounds.
        Rounds = "rounds",
        /// What changed since the round before.
        Compare = "compare",
        /// The editions of the rules and the register of interpretations.
        Rulebook = "rulebook",
        /// What was typed and not handed in.
        Drafts = "drafts",
        /// Sorts the list by a column.
        Sort = "sort",
        /// Keeps what the list shows under a digit.
        KeepView = "keep-view",
        /// The yearly plan.
        Plan = "plan",
        /// The statistics.
        Stats = "stats",
        /// Marks a project and goes on to the next.
        Mark = "mark",
        /// Marks what waits, then everything.
        MarkAll = "mark-all",
        /// Marks from one project to another.
        MarkRange = "mark-range",
        /// Takes all marks away.
        MarkNone = "mark-none",
        /// The plan of the next year.
        NextYear = "next-year",
        /// The plan of the year before.
        PreviousYear = "previous-year",
        /// The meetings of expert panels.
        Meetings = "meetings",
        /// Adds: a panel to a meeting, something to mend to a list.
        Add = "add",
        /// The next project on the agenda.
        NextItem = "next-item",
        /// The project before on the agenda.
        PreviousItem = "previous-item",
        /// Signs for the member under the cursor.
        Sign = "sign",
        /// Signs for everybody.
        SignAll = "sign-all",
        /// Prints what the meeting did.
        Papers = "papers",
        /// Replaces a member who did not come.
        ReplaceMember = "replace-member",
        /// Starts or stops the clock of an item.
        Timer = "timer",
        /// Sets it to nothing.
        TimerReset = "timer-reset",
        /// Shows the meeting to the room.
        Projector = "projector",
        /// Takes the seat that writes.
        TakeSeat = "take-seat",
        /// Takes the last entry back.
        Undo = "undo",
        /// Does again what was undone.
        Redo = "redo",
        /// Takes the project under the cursor, or gives it back.
        Claim = "claim",
        /// Says who reviews the project under the cursor, or the marked ones.
        Assign = "assign",
        /// Takes it over from an absent reviewer.
        TakeOver = "take-over",
        /// Loads others' changes.
        Refresh = "refresh",
        /// Draws everything anew.
        Repaint = "repaint",
        /// What was said in the message line.
        Messages = "messages",
        /// Sends the number of the project to the clipboard.
        CopyCode = "copy-code",
        /// The page as text without borders.
        TextPage = "text-page",
        /// Every key on one page.
        KeySheet = "key-sheet",
        /// Whether the terminal shows and sends what it should.
        CheckUp = "check-up",
        /// The twenty tasks, with a coach who counts the keys.
        Practice = "practice",
    }
);

vocabulary!(
    /// Where a command works.
    Scope {
        /// The list of projects.
        Queue = "queue",
        /// The units of a yearly plan.
        Plan = "plan",
        /// The projects of a yearly plan.
        PlanProjects = "plan-projects",
        /// The statistics.
        Stats = "stats",
        /// A text page of a project.
        Page = "page",
        /// The conditions of a project.
        Rules = "rules",
        /// The checklist of a project.
        Checklist = "checklist",
        /// The rounds of a project.
        Rounds = "rounds",
        /// What was found in a project.
        Findings = "findings",
        /// The list of meetings.
        Meetings = "meetings",
        /// The agenda of a meeting.
        Agenda = "agenda",
        /// Who came to it.
        Attendance = "attendance",
        /// How the members vote.
        Votes = "votes",
        /// What the panel concludes.
        Conclusion = "conclusion",
        /// What the room sees.
        Projector = "projector",
        /// A dialog in which one chooses.
        Choice = "choice",
    }
);

impl Scope {
    /// Names the place for people.
    pub const fn name(self) -> &'static str {
        match self {
            Scope::Queue => "队列",
            Scope::Plan => "年度计划",
            Scope::PlanProjects => "计划项目",
            Scope::Stats => "统计",
            Scope::Page => "项目文本页",
            Scope::Rules => "规则与条件",
            Scope::Checklist => "评审清单",
            Scope::Rounds => "轮次",
            Scope::Findings => "疑点",
            Scope::Meetings => "评审会列表",
            Scope::Agenda => "评审会议程",
            Scope::Attendance => "专家签到",
            Scope::Votes => "表决意见",
            Scope::Conclusion => "论证结论",
            Scope::Projector => "投屏",
            Scope::Choice => "选择窗口",
        }
    }
}

/// What a command is for, the groups of the help overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// 看.
    See,
    /// 判.
    Judge,
    /// 写.
    Write,
    /// 交.
    Hand,
    /// 走.
    Move,
}

impl Group {
    /// Every group, in the order of the help overlay.
    pub const ALL: [Group; 5] = [Group::See, Group::Judge, Group::Write, Group::Hand, Group::Move];

    /// Names the group.
    pub const fn name(self) -> &'static str {
        match self {
            Group::See => "看",
            Group::Judge => "判",
            Group::Write => "写",
            Group::Hand => "办",
            Group::Move => "走",
        }
    }
}
