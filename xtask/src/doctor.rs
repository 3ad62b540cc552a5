//! `cargo xtask doctor`: which tools are here, which are missing, and what brings them. Changes nothing.

use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::tools::FOR_TESTING;

/// Prints a line a tool; fails where one is missing.
pub fn doctor(project: &Project) -> Outcome {
    let mut missing = 0;
    for tool in FOR_TESTING {
        let title = tool.title(project)?;
        match tool.find(project)? {
            Some(found) => println!(
                "ok       {title}: {} ({})",
                found.path.display(),
                found.remark
            ),
            None => {
                missing += 1;
                println!("MISSING  {title}: {}", tool.remedy(project)?);
            }
        }
    }
    println!("cache    {}", project.cache.display());
    if missing == 0 {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{missing} missing; `cargo xtask run` and `cargo xtask test` install what they need, where they may"
    )))
}
