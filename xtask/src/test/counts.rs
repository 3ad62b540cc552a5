//! Passed, failed, skipped: added up over runners that each say it in their own way.

use std::fmt;

/// How many tests ended how.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Did what they should.
    pub passed: u64,
    /// Did not, or were broken off.
    pub failed: u64,
    /// Were not run.
    pub skipped: u64,
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

impl Counts {
    /// The sum.
    pub fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }

    /// Adds up all result lines of `cargo test`, one a binary; wasm-bindgen's runner writes the same line:
    /// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s`.
    pub fn of_libtest(output: &str) -> Self {
        output
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("test result: "))
            .map(|line| Self {
                passed: number_before(line, " passed"),
                failed: number_before(line, " failed"),
                skipped: number_before(line, " ignored"),
            })
            .fold(Self::default(), Self::plus)
    }

    /// Reads the closing lines of node's test runner in its `tap` form: `# pass 3`. One that was cancelled has failed.
    pub fn of_node(tap: &str) -> Self {
        let number = |label: &str| {
            tap.lines()
                .filter_map(|line| {
                    line.strip_prefix("# ")?
                        .strip_prefix(label)?
                        .strip_prefix(' ')
                })
                .filter_map(|number| number.trim().parse::<u64>().ok())
                .sum::<u64>()
        };
        Self {
            passed: number("pass"),
            failed: number("fail") + number("cancelled"),
            skipped: number("skipped") + number("todo"),
        }
    }
}

fn number_before(line: &str, label: &str) -> u64 {
    line.find(label)
        .and_then(|end| {
            line[..end]
                .rsplit(|letter: char| !letter.is_ascii_digit())
                .next()
        })
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_several_binaries_are_added() {
        let output = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test a ... FAILED\n\
            test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s\n";
        assert_eq!(
            Counts::of_libtest(output),
            Counts {
                passed: 15,
                failed: 2,
                skipped: 1
            }
        );
    }

    #[test]
    fn the_runner_in_the_browser_says_it_with_fewer_words() {
        let output =
            "test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.35s\n";
        assert_eq!(
            Counts::of_libtest(output),
            Counts {
                passed: 4,
                failed: 0,
                skipped: 0
            }
        );
    }

    #[test]
    fn a_cancelled_walk_has_failed() {
        let tap = "TAP version 13\nok 1 - a\n1..4\n# tests 4\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n";
        assert_eq!(
            Counts::of_node(tap),
            Counts {
                passed: 2,
                failed: 2,
                skipped: 1
            }
        );
    }

    #[test]
    fn the_last_line_is_as_the_contract_says() {
        assert_eq!(
            Counts {
                passed: 1,
                failed: 2,
                skipped: 3
            }
            .to_string(),
            "1 passed, 2 failed, 3 skipped"
        );
    }
}
