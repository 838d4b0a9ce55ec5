/**
 * One pass of dual coordinate descent over the rows, for as many labels side by side as a 128-bit vector has lanes: four in
 * single precision, two in double. A row is read once for all of them.
 *
 * A lane's numbers depend on that lane alone: rows that are shrunk, or whose label is done, do not move in their lane, in
 * whatever company they are visited. So the bits of a label's fit are those that it would have by itself.
 *
 * AssemblyScript, see compile-kernel.mjs. All arguments are addresses in the memory; svc-problem.ts says what is there.
 */

export * from './conjugate-gradients';
export * from './logistic';

/** Vectors of what holds for a lane, from `lanes` on. */
const POSITIVE_DIAGONAL: usize = 0;
const NEGATIVE_DIAGONAL: usize = 16;
const POSITIVE_LIMIT: usize = 32;
const NEGATIVE_LIMIT: usize = 48;
const UPPER_BEFORE: usize = 64;
const LOWER_BEFORE: usize = 80;
const INTERCEPT: usize = 96;
const UPPER: usize = 112;
const LOWER: usize = 128;

/** log2 of the bytes of a vector. */
const VECTOR: usize = 4;

/**
 * How far a dual variable is moved towards its optimum, which is at 1. Any number below 2 converges; over questions, this
 * one takes the fewest passes, a fifth fewer than 1.
 */
const RELAXATION: f64 = 1.3;

@inline
function bitsOf<T>(mask: v128): u32 {
  return sizeof<T>() == 4 ? i32x4.bitmask(mask) : i64x2.bitmask(mask);
}

@inline
function signBits<T>(): v128 {
  return sizeof<T>() == 4 ? i32x4.splat(0x80000000) : i64x2.splat(0x8000000000000000);
}

/** `sum_j x_ij w_j` in each lane, always in the same order. The number of values is a multiple of four. */
@inline
function dot<T, I>(value: usize, end: usize, index: usize, weights: usize): v128 {
  let a = v128.splat<T>(0);
  let b = a;
  let c = a;
  let d = a;
  while (value < end) {
    a = v128.add<T>(a, product<T, I>(value, index, weights, 0));
    b = v128.add<T>(b, product<T, I>(value, index, weights, 1));
    c = v128.add<T>(c, product<T, I>(value, index, weights, 2));
    d = v128.add<T>(d, product<T, I>(value, index, weights, 3));
    value += 4 * sizeof<T>();
    index += 4 * sizeof<I>();
  }
  return v128.add<T>(v128.add<T>(a, b), v128.add<T>(c, d));
}

@inline
function product<T, I>(value: usize, index: usize, weights: usize, offset: usize): v128 {
  const x = v128.load_splat<T>(value + offset * sizeof<T>());
  return v128.mul<T>(x, v128.load(weights + ((<usize>load<I>(index + offset * sizeof<I>())) << VECTOR)));
}

/** `w_j += delta x_ij` in each lane. The number of values is a multiple of four. */
@inline
function addRow<T, I>(value: usize, end: usize, index: usize, weights: usize, delta: v128): void {
  while (value < end) {
    addValue<T, I>(value, index, weights, delta, 0);
    addValue<T, I>(value, index, weights, delta, 1);
    addValue<T, I>(value, index, weights, delta, 2);
    addValue<T, I>(value, index, weights, delta, 3);
    value += 4 * sizeof<T>();
    index += 4 * sizeof<I>();
  }
}

@inline
function addValue<T, I>(value: usize, index: usize, weights: usize, delta: v128, offset: usize): void {
  const x = v128.load_splat<T>(value + offset * sizeof<T>());
  const w = weights + ((<usize>load<I>(index + offset * sizeof<I>())) << VECTOR);
  v128.store(w, v128.add<T>(v128.load(w), v128.mul<T>(x, delta)));
}

@inline
function pass<T, I>(
  order: usize,
  rows: usize,
  starts: usize,
  indices: usize,
  values: usize,
  diagonals: usize,
  scaling: f64,
  masks: usize,
  weights: usize,
  alphas: usize,
  active: usize,
  positive: usize,
  lanes: usize,
): u32 {
  const zero = v128.splat<T>(0);
  const one = v128.splat<T>(1);
  const relaxation = v128.splat<T>(<T>RELAXATION);
  const s = v128.splat<T>(<T>scaling);
  const positiveDiagonal = v128.load(lanes, POSITIVE_DIAGONAL);
  const negativeDiagonal = v128.load(lanes, NEGATIVE_DIAGONAL);
  const positiveLimit = v128.load(lanes, POSITIVE_LIMIT);
  const negativeLimit = v128.load(lanes, NEGATIVE_LIMIT);
  const upperBefore = v128.load(lanes, UPPER_BEFORE);
  const lowerBefore = v128.load(lanes, LOWER_BEFORE);
  let intercept = v128.load(lanes, INTERCEPT);
  let upper = v128.splat<T>(-<T>Infinity);
  let lower = v128.splat<T>(<T>Infinity);
  let shrunk: u32 = 0;
  const end = order + (rows << 2);
  for (; order < end; order += 4) {
    const i = <usize>load<u32>(order);
    const bits = <u32>load<u8>(active + i);
    if (bits == 0) continue;
    const from = <usize>load<u32>(starts + (i << 2));
    const to = <usize>load<u32>(starts + (i << 2), 4);
    const value = values + from * sizeof<T>();
    const valueEnd = values + to * sizeof<T>();
    const index = indices + from * sizeof<I>();
    const isPositive = v128.load(masks + ((<usize>load<u8>(positive + i)) << VECTOR));
    const sign = v128.andnot(signBits<T>(), isPositive);
    const diagonal = v128.bitselect(positiveDiagonal, negativeDiagonal, isPositive);
    const limit = v128.bitselect(positiveLimit, negativeLimit, isPositive);
    const score = v128.add<T>(dot<T, I>(value, valueEnd, index, weights), v128.mul<T>(s, intercept));
    const old = v128.load(alphas + (i << VECTOR));
    const gradient = v128.add<T>(v128.sub<T>(v128.xor(score, sign), one), v128.mul<T>(diagonal, old));
    const isZero = v128.eq<T>(old, zero);
    const isFull = v128.eq<T>(old, limit);
    const isStuck = v128.or(
      v128.and(isZero, v128.gt<T>(gradient, upperBefore)),
      v128.and(isFull, v128.lt<T>(gradient, lowerBefore)),
    );
    const isActive = v128.load(masks + (<usize>bits << VECTOR));
    const stuck = bitsOf<T>(v128.and(isStuck, isActive));
    if (stuck != 0) {
      shrunk |= stuck;
      store<u8>(active + i, bits & ~stuck);
      if (stuck == bits) continue;
    }
    const moves = v128.andnot(isActive, isStuck);
    let projected = v128.bitselect(v128.pmin<T>(gradient, zero), gradient, isZero);
    projected = v128.bitselect(v128.pmax<T>(gradient, zero), projected, isFull);
    upper = v128.bitselect(v128.pmax<T>(upper, projected), upper, moves);
    lower = v128.bitselect(v128.pmin<T>(lower, projected), lower, moves);
    const curvature = v128.add<T>(v128.splat<T>(<T>load<f64>(diagonals + (i << 3))), diagonal);
    const step = v128.div<T>(v128.mul<T>(relaxation, gradient), curvature);
    const inside = v128.pmin<T>(v128.pmax<T>(v128.sub<T>(old, step), zero), limit);
    const next = v128.bitselect(inside, old, moves);
    const change = v128.sub<T>(next, old);
    if (bitsOf<T>(v128.ne<T>(change, zero)) == 0) continue;
    v128.store(alphas + (i << VECTOR), next);
    const delta = v128.xor(change, sign);
    intercept = v128.add<T>(intercept, v128.mul<T>(s, delta));
    addRow<T, I>(value, valueEnd, index, weights, delta);
  }
  v128.store(lanes, intercept, INTERCEPT);
  v128.store(lanes, upper, UPPER);
  v128.store(lanes, lower, LOWER);
  return shrunk;
}

/** Sets weights and intercepts, which are zero, to `sum_i alpha_i y_i x_i` in double precision. */
@inline
function weigh<I>(
  rows: usize,
  starts: usize,
  indices: usize,
  values: usize,
  scaling: f64,
  masks: usize,
  weights: usize,
  alphas: usize,
  positive: usize,
  lanes: usize,
): void {
  const zero = f64x2.splat(0);
  const s = f64x2.splat(scaling);
  let intercept = zero;
  for (let i: usize = 0; i < rows; i++) {
    const alpha = v128.load(alphas + (i << VECTOR));
    if (i64x2.bitmask(f64x2.ne(alpha, zero)) == 0) continue;
    const from = <usize>load<u32>(starts + (i << 2));
    const to = <usize>load<u32>(starts + (i << 2), 4);
    const isPositive = v128.load(masks + ((<usize>load<u8>(positive + i)) << VECTOR));
    const delta = v128.xor(alpha, v128.andnot(signBits<f64>(), isPositive));
    intercept = f64x2.add(intercept, f64x2.mul(s, delta));
    addRow<f64, I>(values + (from << 3), values + (to << 3), indices + from * sizeof<I>(), weights, delta);
  }
  v128.store(lanes, intercept, INTERCEPT);
}

export function passSingle16(
  order: usize,
  rows: usize,
  starts: usize,
  indices: usize,
  values: usize,
  diagonals: usize,
  scaling: f64,
  masks: usize,
  weights: usize,
  alphas: usize,
  active: usize,
  positive: usize,
  lanes: usize,
): u32 {
  return pass<f32, u16>(order, rows, starts, indices, values, diagonals, scaling, masks, weights, alphas, active, positive, lanes);
}

export function passSingle32(
  order: usize,
  rows: usize,
  starts: usize,
  indices: usize,
  values: usize,
  diagonals: usize,
  scaling: f64,
  masks: usize,
  weights: usize,
  alphas: usize,
  active: usize,
  positive: usize,
  lanes: usize,
): u32 {
  return pass<f32, u32>(order, rows, starts, indices, values, diagonals, scaling, masks, weights, alphas, active, positive, lanes);
}

export function passDouble16(
  order: usize,
  rows: usize,
  starts: usize,
  indices: usize,
  values: usize,
  diagonals: usize,
  scaling: f64,
  masks: usize,
  weights: usize,
  alphas: usize,
  active: usize,
  positive: usize,
  lanes: usize,
): u32 {
  return pass<f64, u16>(order, rows, starts, indices, values, diagonals, scaling, masks, weights, alphas, active, positive, lanes);
}

export function passDouble32(
  order: usize,
  rows: usize,
  starts: usize,
  indices: usize,
  values: usize,
  diagonals: usize,
  scaling: f64,
  masks: usize,
  weights: usize,
  alphas: usize,
  active: usize,
  positive: usize,
  lanes: usize,
): u32 {
  return pass<f64, u32>(order, rows, starts, indices, values, diagonals, scaling, masks, weights, alphas, active, positive, lanes);
}

export function weigh16(
  rows: usize,
  starts: usize,
  indices: usize,
  values: usize,
  scaling: f64,
  masks: usize,
  weights: usize,
  alphas: usize,
  positive: usize,
  lanes: usize,
): void {
  weigh<u16>(rows, starts, indices, values, scaling, masks, weights, alphas, positive, lanes);
}

export function weigh32(
  rows: usize,
  starts: usize,
  indices: usize,
  values: usize,
  scaling: f64,
  masks: usize,
  weights: usize,
  alphas: usize,
  positive: usize,
  lanes: usize,
): void {
  weigh<u32>(rows, starts, indices, values, scaling, masks, weights, alphas, positive, lanes);
}
