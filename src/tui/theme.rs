//! How things look: the terminal's own sixteen colors, on whatever ground it has, and meaning never by color alone.

use ratatui::style::{Color, Modifier, Style};

/// The looks to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// 默认: colors that can be read on a dark ground.
    #[default]
    Usual,
    /// 高对比: nothing faint, nothing by color alone.
    HighContrast,
    /// 浅底: colors that can be read on a light ground.
    LightGround,
    /// 单色: bold, underline and reverse say what colors would.
    Mono,
}

impl Theme {
    /// All of them, in the order in which one goes through them.
    pub const ALL: [Theme; 4] = [Theme::Usual, Theme::HighContrast, Theme::LightGround, Theme::Mono];

    /// Tells its name.
    pub const fn name(self) -> &'static str {
        match self {
            Theme::Usual => "默认",
            Theme::HighContrast => "高对比",
            Theme::LightGround => "浅底",
            Theme::Mono => "单色",
        }
    }

    /// Finds a theme by its name.
    pub fn parse(name: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// Tells the one behind it, going round.
    pub fn next(self) -> Theme {
        let behind = Theme::ALL.into_iter().skip_while(|theme| *theme != self).nth(1);
        behind.unwrap_or_default()
    }

    /// Tells whether it has colors.
    pub fn has_color(self) -> bool {
        self != Theme::Mono
    }

    /// Text as it is.
    pub fn plain(self) -> Style {
        Style::new()
    }

    /// The title row and headings.
    pub fn heading(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What the cursor is on.
    pub fn focus(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// What is there but cannot be used now.
    pub fn faint(self) -> Style {
        match self {
            Theme::Usual | Theme::LightGround => Style::new().fg(Color::DarkGray),
            Theme::HighContrast => Style::new(),
            Theme::Mono => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// What asks for attention.
    pub fn warning(self) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match self {
            Theme::Usual => bold.fg(Color::Yellow),
            Theme::HighContrast => bold.fg(Color::LightYellow).add_modifier(Modifier::UNDERLINED),
            Theme::LightGround => bold.fg(Color::Magenta),
            Theme::Mono => bold,
        }
    }

    /// What failed or is overdue.
    pub fn failure(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }

    /// Keys in hints.
    pub fn key(self) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match self {
            Theme::Usual => bold.fg(Color::Cyan),
            Theme::HighContrast => bold.add_modifier(Modifier::UNDERLINED),
            Theme::LightGround => bold.fg(Color::Blue),
            Theme::Mono => bold,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_through_all_of_them_and_each_is_found_by_its_name() {
        let mut theme = Theme::default();
        for known in Theme::ALL {
            assert_eq!((theme, Theme::parse(theme.name())), (known, Some(known)));
            theme = theme.next();
        }
        assert_eq!((theme, Theme::parse("花")), (Theme::Usual, None));
    }

    #[test]
    fn only_the_sixteen_colors_of_the_terminal_are_used_and_never_for_the_ground() {
        for theme in Theme::ALL {
            let styles =
                [theme.plain(), theme.heading(), theme.focus(), theme.faint(), theme.warning(), theme.failure()];
            for style in styles.into_iter().chain([theme.key()]) {
                assert!(!matches!(style.fg, Some(Color::Rgb(..) | Color::Indexed(_))), "{theme:?}");
                assert!(style.bg.is_none() && (theme.has_color() || style.fg.is_none()), "{theme:?}");
            }
        }
    }

    #[test]
    fn what_asks_for_attention_differs_from_the_rest_even_without_color() {
        let told = |style: Style| style.add_modifier;
        for theme in Theme::ALL {
            assert_ne!(told(theme.warning()), told(theme.plain()), "{theme:?}");
            assert_ne!(told(theme.failure()), told(theme.warning()), "{theme:?}");
        }
    }
}
