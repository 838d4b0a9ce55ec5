/**
 * The steps of conjugate gradients between two passes over the rows: sums of vectors that have a pair for each column, then
 * the intercept's.
 *
 * AssemblyScript, see compile-kernel.mjs. All arguments but `length`, in pairs, are addresses in the memory.
 */

import { FACTOR, LARGEST, PAIR, SECOND, SUM } from './pair';

/** Begins conjugate gradients: `r` and `p` are the gradient's opposite; SUM gets `r.r`, LARGEST the largest of `|r_j|`. */
@inline
function open<T>(length: usize, gradient: usize, r: usize, p: usize, lanes: usize, own: usize): void {
  let sum = v128.splat<T>(0);
  let largest = sum;
  const end = gradient + (length << PAIR);
  for (; gradient < end; gradient += 32, r += 32, p += 32) {
    const rest = v128.neg<T>(v128.load(gradient + own));
    v128.store(r + own, rest);
    v128.store(p + own, rest);
    sum = v128.add<T>(sum, v128.mul<T>(rest, rest));
    largest = v128.pmax<T>(largest, v128.abs<T>(rest));
  }
  v128.store(lanes + own, sum, SUM);
  v128.store(lanes + own, largest, LARGEST);
}

/** `s += FACTOR p`, `r -= FACTOR hp`; SUM gets `r.r`. */
@inline
function step<T>(length: usize, p: usize, hp: usize, s: usize, r: usize, lanes: usize, own: usize): void {
  const factor = v128.load(lanes + own, FACTOR);
  let sum = v128.splat<T>(0);
  const end = p + (length << PAIR);
  for (; p < end; p += 32, hp += 32, s += 32, r += 32) {
    v128.store(s + own, v128.add<T>(v128.load(s + own), v128.mul<T>(factor, v128.load(p + own))));
    const rest = v128.sub<T>(v128.load(r + own), v128.mul<T>(factor, v128.load(hp + own)));
    v128.store(r + own, rest);
    sum = v128.add<T>(sum, v128.mul<T>(rest, rest));
  }
  v128.store(lanes + own, sum, SUM);
}

/** `p = r + FACTOR p`, and `hp` the same; SUM gets `p.p`. */
@inline
function turn<T>(length: usize, r: usize, p: usize, hp: usize, lanes: usize, own: usize): void {
  const factor = v128.load(lanes + own, FACTOR);
  let sum = v128.splat<T>(0);
  const end = r + (length << PAIR);
  for (; r < end; r += 32, p += 32, hp += 32) {
    const next = v128.add<T>(v128.load(r + own), v128.mul<T>(factor, v128.load(p + own)));
    v128.store(p + own, next);
    v128.store(hp + own, next);
    sum = v128.add<T>(sum, v128.mul<T>(next, next));
  }
  v128.store(lanes + own, sum, SUM);
}

/** `to += FACTOR by`. */
@inline
function move<T>(length: usize, to: usize, by: usize, lanes: usize, own: usize): void {
  const factor = v128.load(lanes + own, FACTOR);
  const end = to + (length << PAIR);
  for (; to < end; to += 32, by += 32) {
    v128.store(to + own, v128.add<T>(v128.load(to + own), v128.mul<T>(factor, v128.load(by + own))));
  }
}

/** SUM gets `a.b`. */
@inline
function dot<T>(length: usize, a: usize, b: usize, lanes: usize, own: usize): void {
  let sum = v128.splat<T>(0);
  const end = a + (length << PAIR);
  for (; a < end; a += 32, b += 32) sum = v128.add<T>(sum, v128.mul<T>(v128.load(a + own), v128.load(b + own)));
  v128.store(lanes + own, sum, SUM);
}

export function openSingle(length: usize, gradient: usize, r: usize, p: usize, lanes: usize): void {
  open<f32>(length, gradient, r, p, lanes, 0);
  open<f32>(length, gradient, r, p, lanes, SECOND);
}

export function stepSingle(length: usize, p: usize, hp: usize, s: usize, r: usize, lanes: usize): void {
  step<f32>(length, p, hp, s, r, lanes, 0);
  step<f32>(length, p, hp, s, r, lanes, SECOND);
}

export function turnSingle(length: usize, r: usize, p: usize, hp: usize, lanes: usize): void {
  turn<f32>(length, r, p, hp, lanes, 0);
  turn<f32>(length, r, p, hp, lanes, SECOND);
}

export function moveSingle(length: usize, to: usize, by: usize, lanes: usize): void {
  move<f32>(length, to, by, lanes, 0);
  move<f32>(length, to, by, lanes, SECOND);
}

export function dotSingle(length: usize, a: usize, b: usize, lanes: usize): void {
  dot<f32>(length, a, b, lanes, 0);
  dot<f32>(length, a, b, lanes, SECOND);
}

export function openDouble(length: usize, gradient: usize, r: usize, p: usize, lanes: usize): void {
  open<f64>(length, gradient, r, p, lanes, 0);
  open<f64>(length, gradient, r, p, lanes, SECOND);
}

export function stepDouble(length: usize, p: usize, hp: usize, s: usize, r: usize, lanes: usize): void {
  step<f64>(length, p, hp, s, r, lanes, 0);
  step<f64>(length, p, hp, s, r, lanes, SECOND);
}

export function turnDouble(length: usize, r: usize, p: usize, hp: usize, lanes: usize): void {
  turn<f64>(length, r, p, hp, lanes, 0);
  turn<f64>(length, r, p, hp, lanes, SECOND);
}

export function moveDouble(length: usize, to: usize, by: usize, lanes: usize): void {
  move<f64>(length, to, by, lanes, 0);
  move<f64>(length, to, by, lanes, SECOND);
}

export function dotDouble(length: usize, a: usize, b: usize, lanes: usize): void {
  dot<f64>(length, a, b, lanes, 0);
  dot<f64>(length, a, b, lanes, SECOND);
}
