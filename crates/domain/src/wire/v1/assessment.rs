//! A finished assessment on the wire and at rest.

use crate::assessment::Assessment;

crate::written_as_map!(Assessment {
    0 id, 1 kpm, 2 started, 3 finished, 4 members, 5 removed, 6 answers, 7 decision, 8 replaces,
});
