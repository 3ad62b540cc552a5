//! From one register an operation to as few as are alive at once, so that they stay in cache.

use super::program::{Amount, Bytes, Instruction, Numbers, Program};

/// Leaves out operations that nothing reads, and gives the others registers that are used again.
///
/// Until now the register of an operation is its place.
pub(super) fn assign(program: &mut Program) {
    let count = program.instructions.len();
    let mut last_read = vec![None::<usize>; count];
    for_each_root(program, &mut |place| {
        last_read[usize::from(*place)] = Some(count)
    });
    for place in (0..count).rev() {
        if last_read[place].is_none() {
            continue;
        }
        for_each_read(&mut program.instructions[place], &mut |read| {
            let slot = &mut last_read[usize::from(*read)];
            *slot = Some(slot.map_or(place, |known| known.max(place)));
        });
    }
    let mut pools = [Pool::default(), Pool::default()];
    let mut given = vec![0u16; count];
    let mut kept = Vec::with_capacity(count);
    // Registers that become free after each place.
    let mut freed = vec![Vec::new(); count];
    for (place, mut instruction) in core::mem::take(&mut program.instructions)
        .into_iter()
        .enumerate()
    {
        let Some(last) = last_read[place] else {
            continue;
        };
        let pool = usize::from(instruction.op.gives_numbers());
        // Taken before the operands are given back: no operation writes what it reads.
        let register = pools[pool].take();
        given[place] = register;
        if let Some(list) = freed.get_mut(last) {
            list.push((pool, register));
        }
        for_each_read(&mut instruction, &mut |read| {
            *read = given[usize::from(*read)]
        });
        instruction.out = register;
        kept.push(instruction);
        for (pool, register) in core::mem::take(&mut freed[place]) {
            pools[pool].free.push(register);
        }
    }
    program.instructions = kept;
    for_each_root(program, &mut |read| *read = given[usize::from(*read)]);
    program.byte_registers = usize::from(pools[0].made);
    program.number_registers = usize::from(pools[1].made);
}

#[derive(Default)]
struct Pool {
    free: Vec<u16>,
    made: u16,
}

impl Pool {
    fn take(&mut self) -> u16 {
        self.free.pop().unwrap_or_else(|| {
            self.made += 1;
            self.made - 1
        })
    }
}

fn of_bytes(bytes: &mut Bytes, each: &mut dyn FnMut(&mut u16)) {
    if let Bytes::Register(register) = bytes {
        each(register);
    }
}

fn of_numbers(numbers: &mut Numbers, each: &mut dyn FnMut(&mut u16)) {
    if let Numbers::Register(register) = numbers {
        each(register);
    }
}

fn for_each_read(instruction: &mut Instruction, each: &mut dyn FnMut(&mut u16)) {
    // Two closures would both borrow `each`: bytes first, then numbers.
    instruction
        .op
        .visit(&mut |bytes| of_bytes(bytes, each), &mut |_| {});
    instruction
        .op
        .visit(&mut |_| {}, &mut |numbers| of_numbers(numbers, each));
}

fn for_each_root(program: &mut Program, each: &mut dyn FnMut(&mut u16)) {
    for decision in &mut program.decisions {
        of_bytes(&mut decision.eligible, each);
        if let Amount::Lanes(amount) = &mut decision.amount {
            of_numbers(amount, each);
        }
    }
    for indicator in &mut program.indicators {
        of_bytes(indicator, each);
    }
    of_bytes(&mut program.readiness, each);
}
