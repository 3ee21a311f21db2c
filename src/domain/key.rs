//! Public keys: what a person hands in is read, judged, and known from then on by its fingerprint.
//!
//! Only the reading is somebody else's work: a key that one program takes for another than sshd does would let the wrong
//! person in.

use std::fmt;

use ssh_key::HashAlg;
use ssh_key::public::KeyData;

use super::text::clean_line;

/// The shortest RSA key that is let in, in bits; GB/T 22239 asks for cryptography that holds, and sshd draws the line
/// here too.
const SHORTEST_RSA: usize = 2048;

/// The longest line read; the largest RSA keys in use have a quarter of it.
const LONGEST_LINE: usize = 16 * 1024;

/// How much is kept of what a person wrote behind the key.
const LONGEST_COMMENT: usize = 100;

/// The fingerprint of a key, as sshd and `ssh-keygen -l` print it: `SHA256:` and 43 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// Reads one as written.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let digest = text.strip_prefix("SHA256:")?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
        (digest.len() == 43 && digest.chars().all(plain)).then(|| Fingerprint(text.to_owned()))
    }

    /// Tells it as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// What kind of key it is, in sshd's words, such as `ssh-ed25519`.
    pub kind: String,
    /// The key, in Base64.
    pub blob: String,
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// What stood behind it.
    pub comment: String,
}

/// Why a text is no key that is let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyProblem {
    /// There is nothing.
    Empty,
    /// There is more than one line.
    Several,
    /// It is a private key, which nobody but its owner may ever see.
    Private,
    /// Options stand before the key; what a key may do is decided here and by nobody else.
    Options,
    /// It is a certificate, not a key.
    Certificate,
    /// It is a DSA key.
    Dsa,
    /// It is an RSA key of so many bits, too few.
    ShortRsa(usize),
    /// It is none of the kinds that are known.
    Unreadable,
}

impl PublicKey {
    /// Reads a key and judges whether it is strong enough to let somebody in.
    pub fn read(text: &str) -> Result<PublicKey, KeyProblem> {
        if text.contains("PRIVATE KEY") {
            return Err(KeyProblem::Private);
        }
        if text.len() > LONGEST_LINE {
            return Err(KeyProblem::Unreadable);
        }
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let line = lines.next().ok_or(KeyProblem::Empty)?;
        if lines.next().is_some() {
            return Err(KeyProblem::Several);
        }
        let (kind, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if kind.contains("-cert-v0") {
            return Err(KeyProblem::Certificate);
        }
        if !is_kind(kind) {
            let is_behind = rest.split_whitespace().any(is_kind);
            return Err(if is_behind { KeyProblem::Options } else { KeyProblem::Unreadable });
        }
        let (blob, comment) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
        let key = PublicKey::of(kind, blob).ok_or(KeyProblem::Unreadable)?;
        strong_enough(kind, blob)?;
        let comment = clean_line(comment).trim().chars().take(LONGEST_COMMENT).collect();
        Ok(PublicKey { comment, ..key })
    }

    /// Reads a key of which nothing is to be judged, such as one that sshd let in already.
    pub fn of(kind: &str, blob: &str) -> Option<PublicKey> {
        let key = decoded(kind, blob)?;
        Some(PublicKey {
            kind: key.algorithm().as_str().to_owned(),
            // Written anew, so that one key has one writing only.
            blob: key.to_openssh().ok()?.split(' ').nth(1)?.to_owned(),
            fingerprint: Fingerprint::parse(&key.fingerprint(HashAlg::Sha256).to_string())?,
            comment: String::new(),
        })
    }
}

fn decoded(kind: &str, blob: &str) -> Option<ssh_key::PublicKey> {
    ssh_key::PublicKey::from_openssh(&format!("{kind} {blob}")).ok().filter(|key| !key.key_data().is_other())
}

fn strong_enough(kind: &str, blob: &str) -> Result<(), KeyProblem> {
    let key = decoded(kind, blob).ok_or(KeyProblem::Unreadable)?;
    match key.key_data() {
        KeyData::Dsa(_) => Err(KeyProblem::Dsa),
        KeyData::Rsa(rsa) => {
            let modulus = rsa.n.as_positive_bytes().unwrap_or_default();
            let unused = modulus.first().map_or(0, |first| first.leading_zeros() as usize);
            let bits = (modulus.len() * 8).saturating_sub(unused);
            if bits < SHORTEST_RSA { Err(KeyProblem::ShortRsa(bits)) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

/// Tells whether a word names a kind of key; everything else at the beginning of a line is an option.
fn is_kind(word: &str) -> bool {
    matches!(
        word,
        "ssh-ed25519"
            | "ssh-rsa"
            | "ssh-dss"
            | "ecdsa-sha2-nistp256"
            | "ecdsa-sha2-nistp384"
            | "ecdsa-sha2-nistp521"
            | "sk-ssh-ed25519@openssh.com"
            | "sk-ecdsa-sha2-nistp256@openssh.com"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by `ssh-keygen`, with the fingerprints that `ssh-keygen -l` printed.
    const ED25519: &str = include_str!("../../tests/fixtures/keys/ed25519.pub");
    const ECDSA: &str = include_str!("../../tests/fixtures/keys/ecdsa.pub");
    const RSA: &str = include_str!("../../tests/fixtures/keys/rsa2048.pub");
    const SHORT: &str = include_str!("../../tests/fixtures/keys/rsa1024.pub");
    const DSA: &str = include_str!("../../tests/fixtures/keys/dsa.pub");

    #[test]
    fn a_fingerprint_is_what_ssh_keygen_prints() {
        for (text, printed) in [
            (ED25519, "SHA256:rvf/9l8JMJ6/yHDo3GnpAQlEDUhCmDYe9TXAzqJXX4E"),
            (ECDSA, "SHA256:vMc5IQDXZ+HwyxhbtNXLcKBclBzSpWRzcc7qW4zfCzw"),
            (RSA, "SHA256:Sk6lqgTP0Xb9w1xJ4DFPkwsSnMulVvxI4TcQlakosRc"),
        ] {
            let key = PublicKey::read(text).unwrap();
            assert_eq!(key.fingerprint.as_str(), printed);
            assert!(text.starts_with(&format!("{} {}", key.kind, key.blob)), "{key:?}");
        }
        assert_eq!(PublicKey::read(ED25519).unwrap().comment, "张三@笔记本");
    }

    #[test]
    fn weak_keys_are_not_let_in_but_known_when_met() {
        assert_eq!(PublicKey::read(DSA), Err(KeyProblem::Dsa));
        assert_eq!(PublicKey::read(SHORT), Err(KeyProblem::ShortRsa(1024)));
        let blob = SHORT.split(' ').nth(1).unwrap();
        let known = PublicKey::of("ssh-rsa", blob).unwrap();
        assert_eq!(known.fingerprint.as_str(), "SHA256:8Iel+cpqWEjf89hXfIVOByHgFOFzwIgA6zr0yvsg1eM");
    }

    #[test]
    fn what_is_no_bare_public_key_is_refused_by_what_it_is() {
        let bare = ED25519.trim();
        let (kind, blob) = bare.split_once(' ').unwrap();
        for (text, problem) in [
            (String::new(), KeyProblem::Empty),
            ("# nothing\n\n".to_owned(), KeyProblem::Empty),
            (format!("{bare}\n{bare}\n"), KeyProblem::Several),
            (format!("command=\"sh\" {bare}"), KeyProblem::Options),
            (format!("restrict,pty {bare}"), KeyProblem::Options),
            ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl".to_owned(), KeyProblem::Private),
            (format!("ssh-ed25519-cert-v01@openssh.com {blob}"), KeyProblem::Certificate),
            (format!("ssh-rsa {blob}"), KeyProblem::Unreadable),
            (format!("{kind} AAAA"), KeyProblem::Unreadable),
            (format!("{kind} {}", blob.replace("AAAA", "AA=A")), KeyProblem::Unreadable),
            ("政务".to_owned(), KeyProblem::Unreadable),
            ("x".repeat(LONGEST_LINE + 1), KeyProblem::Unreadable),
        ] {
            assert_eq!(PublicKey::read(&text), Err(problem), "{text}");
        }
    }

    #[test]
    fn a_comment_cannot_carry_what_a_terminal_obeys_nor_a_second_line() {
        let key = PublicKey::read(&format!("{}\u{1b}[2J\u{202e} 甲{}", ED25519.trim(), "长".repeat(200))).unwrap();
        assert!(key.comment.chars().count() <= LONGEST_COMMENT);
        assert!(!key.comment.contains(['\u{1b}', '\u{202e}']), "{:?}", key.comment);
    }

    #[test]
    fn a_fingerprint_is_read_only_whole() {
        let whole = "SHA256:rvf/9l8JMJ6/yHDo3GnpAQlEDUhCmDYe9TXAzqJXX4E";
        assert_eq!(Fingerprint::parse(whole).unwrap().to_string(), whole);
        let (cut, odd) = (whole.replace('9', ""), whole.replace('9', "\""));
        for other in ["", "SHA256:", "MD5:aa:bb", &cut, &format!("{whole}="), &odd] {
            assert_eq!(Fingerprint::parse(other), None, "{other}");
        }
    }
}
