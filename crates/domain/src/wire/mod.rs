//! What phones and the endpoint say to each other. Types of a version never
//! change meaning; committed vectors decode for ever.

pub mod v1;
