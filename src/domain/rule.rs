//! The rules of the regulation, each under the id by which refusals and findings cite it.

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $article:literal;)+) => {
        /// A rule drawn from the regulation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(non_camel_case_types)] // R8_2 stands for the printed R8.2
        pub enum Rule { $($(#[$doc])* $variant,)+ }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)+];

            /// Tells the printed id, such as `R8.2`.
            pub const fn id(self) -> &'static str {
                match self { $(Rule::$variant => $code,)+ }
            }

            /// Tells the article it rests on; 0 stands for the attachment.
            pub const fn article(self) -> u8 {
                match self { $(Rule::$variant => $article,)+ }
            }

            /// Finds the rule of an id.
            pub fn parse(id: &str) -> Option<Rule> {
                match id { $($code => Some(Rule::$variant),)+ _ => None }
            }
        }
    };
}

rules! {
    /// Funding lines sum to the amount 〔第二条〕.
    R2_2 = "R2.2", 2;
    /// Exemptions need the nation's or the province's document 〔第二条〕.
    R2_3 = "R2.3", 2;
    /// Some purchases lie outside the regulation 〔第二条〕.
    R2_5 = "R2.5", 2;
    /// The Centre reviews, in its four eyes and six: who drafts, checks and signs are three people 〔第四条〕.
    R4_1 = "R4.1", 4;
    /// 发改委 approves projects 〔第四条〕.
    R4_2 = "R4.2", 4;
    /// 财政局: budget, procurement, payment 〔第四条〕.
    R4_3 = "R4.3", 4;
    /// Everything is handled in the system, step by step 〔第五条〕.
    R5_1 = "R5.1", 5;
    /// The yearly plan's deadline 〔第六条〕.
    R6_1 = "R6.1", 6;
    /// Joint review by three agencies, then the county government 〔第六条〕.
    R6_2 = "R6.2", 6;
    /// Additions in the running year 〔第六条〕.
    R6_3 = "R6.3", 6;
    /// Catalogue or limit: technical review before procurement 〔第七条〕.
    R7_2 = "R7.2", 7;
    /// The review covers four dimensions 〔第七条〕.
    R7_3 = "R7.3", 7;
    /// Approval and review, then filing, then procurement 〔第七条〕.
    R7_4 = "R7.4", 7;
    /// After approval the unit hands in its technical scheme 〔第八条〕.
    R8_1 = "R8.1", 8;
    /// 100 万元 and more: the panel's conclusion is part of the opinion 〔第八条〕.
    R8_2 = "R8.2", 8;
    /// 50 to 100 万元: the Centre reviews 〔第八条〕.
    R8_3 = "R8.3", 8;
    /// What did not pass is not procured 〔第八条〕.
    R8_4 = "R8.4", 8;
    /// Below 50 万元: 电子卖场 〔第八条〕.
    R8_5 = "R8.5", 8;
    /// The written opinion 〔第八条〕.
    R8_6 = "R8.6", 8;
    /// The requirement survey 〔第八条〕.
    R8_7 = "R8.7", 8;
    /// Contracts state the yearly price of maintenance 〔第九条〕.
    R9_1 = "R9.1", 9;
    /// Maintenance contracts last three years at most 〔第九条〕.
    R9_2 = "R9.2", 9;
    /// The yearly price of maintenance against the cost of building 〔第九条〕.
    R9_3 = "R9.3", 9;
    /// The total of several years decides the tier 〔第九条〕.
    R9_4 = "R9.4", 9;
    /// No machine rooms, no compute or storage hardware of one's own 〔第十条〕.
    R10_1 = "R10.1", 10;
    /// Existing systems move into the county's data centre 〔第十条〕.
    R10_2 = "R10.2", 10;
    /// No private networks 〔第十条〕.
    R10_3 = "R10.3", 10;
    /// Data belong to the county 〔第十一条〕.
    R11_2 = "R11.2", 11;
    /// The resource catalogue is a condition of approval 〔第十一条〕.
    R11_3 = "R11.3", 11;
    /// Data flow free of charge and in time 〔第十一条〕.
    R11_5 = "R11.5", 11;
    /// The acceptance team 〔第十二条〕.
    R12_1 = "R12.1", 12;
    /// Unit and Centre both accept 〔第十二条〕.
    R12_2 = "R12.2", 12;
    /// Remaining money follows acceptance 〔第十二条〕.
    R12_4 = "R12.4", 12;
    /// Nothing unaccepted goes into use 〔第十三条〕.
    R13_1 = "R13.1", 13;
    /// Ex-ante assessment of new projects 〔第十五条〕.
    R15_1 = "R15.1", 15;
    /// Evaluation of finished projects 〔第十五条〕.
    R15_2 = "R15.2", 15;
    /// Violations are put on record 〔第十六条〕.
    R16_1 = "R16.1", 16;
    /// Secret projects never enter 〔第十七条〕.
    R17_1 = "R17.1", 17;
    /// The Centre interprets the regulation, and the register keeps what it ruled 〔第十八条〕.
    R18_1 = "R18.1", 18;
    /// The form is complete 〔附件〕.
    RA_1 = "RA.1", 0;
    /// Townships and subordinate bodies report through their supervising unit 〔附件〕.
    RA_2 = "RA.2", 0;
}
