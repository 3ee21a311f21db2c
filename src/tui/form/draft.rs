//! What a form holds as a draft: every field as typed, with its caret; and a draft laid over a form.

use std::collections::BTreeMap;

use super::field::{Entry, Field};
use super::sheet::Sheet;
use crate::tui::journal::{Content, FieldText};

impl Sheet {
    /// Tells what the fields hold, as typed.
    pub fn content(&self) -> Content {
        let fields = self.fields.iter().map(|field| (field.spec.name.to_owned(), as_typed(field)));
        let mut fields: BTreeMap<String, FieldText> = fields.collect();
        let focus = self.fields.get(self.focus()).map(|field| field.spec.name.to_owned()).unwrap_or_default();
        if let Some(field) = fields.get_mut(&focus) {
            field.top = self.top.get();
        }
        Content { fields, focus }
    }

    /// Lays a draft over what the fields hold: only what was changed in it, so that what others wrote meanwhile stays;
    /// then the caret goes where it was.
    pub fn put(&mut self, draft: &Content, base: &Content) {
        let changed = draft.fields.iter().filter(|(name, field)| field.text != base.text(name));
        let changed: BTreeMap<String, String> =
            changed.map(|(name, field)| (name.clone(), field.text.clone())).collect();
        self.restore_changed(&changed);
        for (name, field) in &draft.fields {
            let Some(target) = self.fields.iter_mut().find(|target| target.spec.name == name) else { continue };
            let Entry::Text(editor) = &mut target.entry else { continue };
            // A day would come back in its regular form; a draft comes back as it was typed.
            if changed.contains_key(name) && editor.text() != field.text {
                editor.set_text(&field.text);
            }
            if editor.text() == field.text {
                editor.set_caret_offset(field.caret);
            }
        }
        self.focus_on(&draft.focus);
        self.top.set(draft.fields.get(&draft.focus).map_or(0, |field| field.top));
    }
}

fn as_typed(field: &Field) -> FieldText {
    match &field.entry {
        Entry::Text(editor) => FieldText { text: editor.text(), caret: editor.caret_offset(), top: 0 },
        Entry::Choice(choice) => FieldText { text: choice.value(), ..FieldText::default() },
        Entry::Account(picker) => FieldText { text: picker.value(), ..FieldText::default() },
    }
}
