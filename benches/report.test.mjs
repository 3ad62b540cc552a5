// A bench that hides what it missed would be worse than none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { misses, quantile, table, verdict } from './report.mjs';

test('a missed target is said, with by how much', () => {
  assert.equal(verdict({ what: 'a', value: 30, most: 20 }), 'MISSED by 50 %');
  assert.equal(verdict({ what: 'a', value: 15, least: 20 }), 'MISSED by 25 %');
  assert.equal(verdict({ what: 'a', value: 20, most: 20 }), 'ok');
  assert.deepEqual(misses({ value: 30, most: 40, peer: { name: 'p', value: 10 }, timesPeerAtMost: 1.5 }), ['100 % (ratio)']);
  assert.deepEqual(misses({ value: 30, least: 10, peer: { name: 'p', value: 10 }, timesPeerAtLeast: 5 }), ['40 % (ratio)']);
});

test('what was not measured, or had no peer, is not called good', () => {
  assert.equal(verdict({ what: 'a', notMeasured: 'no such page' }), 'not measured: no such page');
  assert.equal(verdict({ what: 'a', value: 1, timesPeerAtMost: 2 }), 'peer not measured');
  assert.match(table([{ what: 'a', notMeasured: 'no such page' }]), /\| – .*not measured: no such page/);
});

test('quantiles lie between the figures', () => {
  assert.equal(quantile([3, 1, 2], 0.5), 2);
  assert.equal(quantile([1, 2], 0.5), 1.5);
  assert.equal(quantile([5], 0.95), 5);
});
