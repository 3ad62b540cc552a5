//! Makes facts unknown, for families of which less was said.

use crate::synth::Random;
use serde_json::Value as Json;

const REQUIRED: [&str; 4] = ["household_id", "assessed_on", "members", "member_id"];

/// Each optional fact becomes unknown with a probability, half of the time null and half of the
/// time absent; a whole group is absent a tenth as often.
pub fn forget(record: &mut Json, probability: f64, random: &mut Random) {
    let Some(record) = record.as_object_mut() else {
        return;
    };
    let keys: Vec<String> = record.keys().cloned().collect();
    for key in keys {
        let Some(value) = record.get_mut(&key) else {
            continue;
        };
        match value {
            Json::Object(_) => {
                forget(value, probability, random);
                if random.yes(probability / 10.0) {
                    record.shift_remove(&key);
                }
            }
            Json::Array(members) if key == "members" => {
                members
                    .iter_mut()
                    .for_each(|member| forget(member, probability, random));
            }
            _ if REQUIRED.contains(&key.as_str()) || !random.yes(probability) => {}
            _ if random.yes(0.5) => *value = Json::Null,
            _ => {
                record.shift_remove(&key);
            }
        }
    }
}
