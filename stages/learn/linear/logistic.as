/**
 * What Newton's method with conjugate gradients needs of the rows, for as many labels side by side as two 128-bit vectors have
 * lanes: eight in single precision, four in double. A row is read once for all of them; a lane's numbers depend on that lane
 * alone.
 *
 * AssemblyScript, see compile-kernel.mjs. All arguments but `rows`, `length` and `scaling` are addresses in the memory. A pair
 * is two vectors, one number for each lane; weights and what is like them have a pair for each column, then the intercept's.
 */

import { FACTOR, LARGEST, NEGATIVE_COST, PAIR, POSITIVE_COST, SECOND, SUM } from './pair';

/** e^x for x <= 0, to some units in the last place; x is held above the least power of two. */
@inline
function exponential<T>(x: v128): v128 {
  const held = v128.pmax<T>(x, v128.splat<T>(sizeof<T>() == 4 ? <T>-87 : <T>-708));
  const power = v128.nearest<T>(v128.mul<T>(held, v128.splat<T>(<T>1.4426950408889634)));
  const high = sizeof<T>() == 4 ? <T>0.693359375 : <T>6.93147180369123816490e-1;
  const low = sizeof<T>() == 4 ? <T>-2.12194440e-4 : <T>1.90821492927058770002e-10;
  const r = v128.sub<T>(
    v128.sub<T>(held, v128.mul<T>(power, v128.splat<T>(high))),
    v128.mul<T>(power, v128.splat<T>(low)),
  );
  let sum = v128.splat<T>(1);
  for (let k = sizeof<T>() == 4 ? 8 : 14; k > 0; k--) {
    sum = v128.add<T>(v128.splat<T>(1), v128.mul<T>(v128.mul<T>(r, sum), v128.splat<T>(<T>1 / <T>k)));
  }
  if (sizeof<T>() == 4) {
    const bits = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127)), 23);
    return f32x4.mul(sum, bits);
  }
  const exponents = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(power));
  return f64x2.mul(sum, i64x2.shl(i64x2.add(exponents, i64x2.splat(1023)), 52));
}

/** Which of `bits` is on, for the vector of a pair. */
@inline
function maskOf<T>(masks: usize, bits: usize, vector: usize): v128 {
  const lanes: usize = 16 / sizeof<T>();
  return v128.load(masks + (((bits >> (vector * lanes)) & ((<usize>1 << lanes) - 1)) << 4));
}

/** The probability of the class that a score is for. */
@inline
function likelier<T>(e: v128): v128 {
  return v128.div<T>(v128.splat<T>(1), v128.add<T>(v128.splat<T>(1), e));
}

/** Derivative of a row's loss by its score; `e` is e^-|score|. */
@inline
function residual<T>(
  score: v128,
  e: v128,
  larger: v128,
  isPositive: v128,
  positiveCost: v128,
  negativeCost: v128,
): v128 {
  const isAbove = v128.gt<T>(score, v128.splat<T>(0));
  // The probability of the class that the row is not in.
  const wrong = v128.bitselect(larger, v128.mul<T>(e, larger), v128.xor(isAbove, isPositive));
  return v128.bitselect(
    v128.neg<T>(v128.mul<T>(positiveCost, wrong)),
    v128.mul<T>(negativeCost, wrong),
    isPositive,
  );
}

/** The second derivative. */
@inline
function curvature<T>(e: v128, larger: v128, isPositive: v128, positiveCost: v128, negativeCost: v128): v128 {
  const cost = v128.bitselect(positiveCost, negativeCost, isPositive);
  return v128.mul<T>(cost, v128.mul<T>(v128.mul<T>(e, larger), larger));
}

/** `to_j += x_ij a`, `a` and `b` being the vectors of a pair. */
@inline
function addRow<T>(value: usize, end: usize, index: usize, to: usize, a: v128, b: v128): void {
  while (value < end) {
    const x = v128.load_splat<T>(value);
    const at = to + ((<usize>load<u32>(index)) << PAIR);
    v128.store(at, v128.add<T>(v128.load(at), v128.mul<T>(x, a)));
    v128.store(at, v128.add<T>(v128.load(at, SECOND), v128.mul<T>(x, b)), SECOND);
    value += sizeof<T>();
    index += 4;
  }
}

/**
 * To `hp`, which has what the penalty makes of the direction `p`, adds what the rows make of it: `sum_i d_i (x_i p) x_i`. SUM
 * gets `sum_i d_i (x_i p)^2`.
 */
@inline
function curve<T>(
  rows: usize,
  columns: usize,
  starts: usize,
  indices: usize,
  values: usize,
  scaling: f64,
  curvatures: usize,
  p: usize,
  hp: usize,
  lanes: usize,
): void {
  const s = v128.splat<T>(<T>scaling);
  const pIntercept = p + (columns << PAIR);
  const baseA = v128.mul<T>(s, v128.load(pIntercept));
  const baseB = v128.mul<T>(s, v128.load(pIntercept, SECOND));
  const hpIntercept = hp + (columns << PAIR);
  let interceptA = v128.load(hpIntercept);
  let interceptB = v128.load(hpIntercept, SECOND);
  let sumA = v128.splat<T>(0);
  let sumB = sumA;
  for (let i: usize = 0; i < rows; i++) {
    const from = <usize>load<u32>(starts + (i << 2));
    const to = <usize>load<u32>(starts + (i << 2), 4);
    const start = values + from * sizeof<T>();
    const end = values + to * sizeof<T>();
    const startIndex = indices + from * 4;
    let value = start;
    let index = startIndex;
    let a = baseA;
    let b = baseB;
    let c = v128.splat<T>(0);
    let d = c;
    while (value + sizeof<T>() < end) {
      const x = v128.load_splat<T>(value);
      const y = v128.load_splat<T>(value + sizeof<T>());
      const w = p + ((<usize>load<u32>(index)) << PAIR);
      const v = p + ((<usize>load<u32>(index + 4)) << PAIR);
      a = v128.add<T>(a, v128.mul<T>(x, v128.load(w)));
      b = v128.add<T>(b, v128.mul<T>(x, v128.load(w, SECOND)));
      c = v128.add<T>(c, v128.mul<T>(y, v128.load(v)));
      d = v128.add<T>(d, v128.mul<T>(y, v128.load(v, SECOND)));
      value += 2 * sizeof<T>();
      index += 2 * 4;
    }
    if (value < end) {
      const x = v128.load_splat<T>(value);
      const w = p + ((<usize>load<u32>(index)) << PAIR);
      a = v128.add<T>(a, v128.mul<T>(x, v128.load(w)));
      b = v128.add<T>(b, v128.mul<T>(x, v128.load(w, SECOND)));
    }
    a = v128.add<T>(a, c);
    b = v128.add<T>(b, d);
    const at = curvatures + (i << PAIR);
    const bentA = v128.mul<T>(a, v128.load(at));
    const bentB = v128.mul<T>(b, v128.load(at, SECOND));
    sumA = v128.add<T>(sumA, v128.mul<T>(a, bentA));
    sumB = v128.add<T>(sumB, v128.mul<T>(b, bentB));
    interceptA = v128.add<T>(interceptA, v128.mul<T>(s, bentA));
    interceptB = v128.add<T>(interceptB, v128.mul<T>(s, bentB));
    addRow<T>(start, end, startIndex, hp, bentA, bentB);
  }
  v128.store(hpIntercept, interceptA);
  v128.store(hpIntercept, interceptB, SECOND);
  v128.store(lanes, sumA, SUM);
  v128.store(lanes, sumB, SUM + SECOND);
}

/** `scores_i = x_i w`; LARGEST gets the largest of their absolute values. */
@inline
function score<T>(
  rows: usize,
  columns: usize,
  starts: usize,
  indices: usize,
  values: usize,
  scaling: f64,
  w: usize,
  scores: usize,
  lanes: usize,
): void {
  const s = v128.splat<T>(<T>scaling);
  const intercept = w + (columns << PAIR);
  const baseA = v128.mul<T>(s, v128.load(intercept));
  const baseB = v128.mul<T>(s, v128.load(intercept, SECOND));
  let largestA = v128.splat<T>(0);
  let largestB = largestA;
  for (let i: usize = 0; i < rows; i++) {
    const from = <usize>load<u32>(starts + (i << 2));
    const to = <usize>load<u32>(starts + (i << 2), 4);
    const end = values + to * sizeof<T>();
    let value = values + from * sizeof<T>();
    let index = indices + from * 4;
    let a = baseA;
    let b = baseB;
    while (value < end) {
      const x = v128.load_splat<T>(value);
      const at = w + ((<usize>load<u32>(index)) << PAIR);
      a = v128.add<T>(a, v128.mul<T>(x, v128.load(at)));
      b = v128.add<T>(b, v128.mul<T>(x, v128.load(at, SECOND)));
      value += sizeof<T>();
      index += 4;
    }
    v128.store(scores + (i << PAIR), a);
    v128.store(scores + (i << PAIR), b, SECOND);
    largestA = v128.pmax<T>(largestA, v128.abs<T>(a));
    largestB = v128.pmax<T>(largestB, v128.abs<T>(b));
  }
  v128.store(lanes, largestA, LARGEST);
  v128.store(lanes, largestB, LARGEST + SECOND);
}

/** To `gradient`, which has the penalty's, adds the rows'; `curvatures` get the second derivatives by the scores. */
@inline
function differentiate<T>(
  rows: usize,
  columns: usize,
  starts: usize,
  indices: usize,
  values: usize,
  scaling: f64,
  masks: usize,
  positive: usize,
  scores: usize,
  curvatures: usize,
  gradient: usize,
  lanes: usize,
): void {
  const s = v128.splat<T>(<T>scaling);
  const positiveA = v128.load(lanes, POSITIVE_COST);
  const positiveB = v128.load(lanes, POSITIVE_COST + SECOND);
  const negativeA = v128.load(lanes, NEGATIVE_COST);
  const negativeB = v128.load(lanes, NEGATIVE_COST + SECOND);
  const intercept = gradient + (columns << PAIR);
  let interceptA = v128.load(intercept);
  let interceptB = v128.load(intercept, SECOND);
  for (let i: usize = 0; i < rows; i++) {
    const bits = <usize>load<u8>(positive + i);
    const isA = maskOf<T>(masks, bits, 0);
    const isB = maskOf<T>(masks, bits, 1);
    const a = v128.load(scores + (i << PAIR));
    const b = v128.load(scores + (i << PAIR), SECOND);
    const eA = exponential<T>(v128.neg<T>(v128.abs<T>(a)));
    const eB = exponential<T>(v128.neg<T>(v128.abs<T>(b)));
    const largerA = likelier<T>(eA);
    const largerB = likelier<T>(eB);
    const at = curvatures + (i << PAIR);
    v128.store(at, curvature<T>(eA, largerA, isA, positiveA, negativeA));
    v128.store(at, curvature<T>(eB, largerB, isB, positiveB, negativeB), SECOND);
    const restA = residual<T>(a, eA, largerA, isA, positiveA, negativeA);
    const restB = residual<T>(b, eB, largerB, isB, positiveB, negativeB);
    interceptA = v128.add<T>(interceptA, v128.mul<T>(s, restA));
    interceptB = v128.add<T>(interceptB, v128.mul<T>(s, restB));
    const from = <usize>load<u32>(starts + (i << 2));
    const to = <usize>load<u32>(starts + (i << 2), 4);
    addRow<T>(
      values + from * sizeof<T>(),
      values + to * sizeof<T>(),
      indices + from * 4,
      gradient,
      restA,
      restB,
    );
  }
  v128.store(intercept, interceptA);
  v128.store(intercept, interceptB, SECOND);
}

/** SUM gets the rows' part of the derivative along `changes`, FACTOR of the way: `sum_i r_i(z_i + t c_i) c_i`. */
@inline
function slope<T>(
  rows: usize,
  masks: usize,
  positive: usize,
  scores: usize,
  changes: usize,
  lanes: usize,
  vector: usize,
): void {
  const own = vector << 4;
  const t = v128.load(lanes + own, FACTOR);
  const positiveCost = v128.load(lanes + own, POSITIVE_COST);
  const negativeCost = v128.load(lanes + own, NEGATIVE_COST);
  let sum = v128.splat<T>(0);
  for (let i: usize = 0; i < rows; i++) {
    const isPositive = maskOf<T>(masks, <usize>load<u8>(positive + i), vector);
    const change = v128.load(changes + (i << PAIR) + own);
    const at = v128.add<T>(v128.load(scores + (i << PAIR) + own), v128.mul<T>(t, change));
    const e = exponential<T>(v128.neg<T>(v128.abs<T>(at)));
    const rest = residual<T>(at, e, likelier<T>(e), isPositive, positiveCost, negativeCost);
    sum = v128.add<T>(sum, v128.mul<T>(rest, change));
  }
  v128.store(lanes + own, sum, SUM);
}

export function curveSingle(
  rows: usize,
  columns: usize,
  starts: usize,
  indices: usize,
  values: usize,
  scaling: f64,
  curvatures: usize,
  p: usize,
  hp: usize,
  lanes: usize,
): void {
  curve<f32>(rows, columns, starts, indices, values, scaling, curvatures, p, hp, lanes);
}

export function scoreSingle(
  rows: usize,
  columns: usize,
  starts: usize,
  indices: usize,
  values: usize,
  scaling: f64,
  w: usize,
  scores: usize,
  lanes: usize,
): void {
  score<f32>(rows, columns, starts, indices, values, scaling, w, scores, lanes);
}

export function differentiateSingle(
  rows: usize,
  columns: usize,
  starts: usize,
  indices: usize,
  values: usize,
  scaling: f64,
  masks: usize,
  positive: usize,
  scores: usize,
  curvatures: usize,
  gradient: usize,
  lanes: usize,
): void {
  differentiate<f32>(rows, columns, starts, indices, values, scaling, masks, positive, scores, curvatures, gradient, lanes);
}

export function slopeSingle(rows: usize, masks: usize, positive: usize, scores: usize, changes: usize, lanes: usize): void {
  slope<f32>(rows, masks, positive, scores, changes, lanes, 0);
  slope<f32>(rows, masks, positive, scores, changes, lanes, 1);
}

export function curveDouble(
  rows: usize,
  columns: usize,
  starts: usize,
  indices: usize,
  values: usize,
  scaling: f64,
  curvatures: usize,
  p: usize,
  hp: usize,
  lanes: usize,
): void {
  curve<f64>(rows, columns, starts, indices, values, scaling, curvatures, p, hp, lanes);
}

export function scoreDouble(
  rows: usize,
  columns: usize,
  starts: usize,
  indices: usize,
  values: usize,
  scaling: f64,
  w: usize,
  scores: usize,
  lanes: usize,
): void {
  score<f64>(rows, columns, starts, indices, values, scaling, w, scores, lanes);
}

export function differentiateDouble(
  rows: usize,
  columns: usize,
  starts: usize,
  indices: usize,
  values: usize,
  scaling: f64,
  masks: usize,
  positive: usize,
  scores: usize,
  curvatures: usize,
  gradient: usize,
  lanes: usize,
): void {
  differentiate<f64>(rows, columns, starts, indices, values, scaling, masks, positive, scores, curvatures, gradient, lanes);
}

export function slopeDouble(rows: usize, masks: usize, positive: usize, scores: usize, changes: usize, lanes: usize): void {
  slope<f64>(rows, masks, positive, scores, changes, lanes, 0);
  slope<f64>(rows, masks, positive, scores, changes, lanes, 1);
}
