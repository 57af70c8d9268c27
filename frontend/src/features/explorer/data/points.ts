/**
 * One value for each point of the map, in member order. Lives outside React: components are told by a version
 * counter that something in here changed. In every code array 0 means "none".
 */

export interface Points {
  count: number
  x: Float32Array
  y: Float32Array
  /** Code of the dataset: index in the map's datasets plus one. */
  dataset: Uint16Array
  row: Uint32Array
  label: Uint16Array
  inference: Uint16Array
  /** NaN where there is none. */
  confidence: Float32Array
  agreement: Uint8Array
}

/** Codes of `Points.agreement`. */
export const AGREEMENT = { noLabel: 0, agree: 1, disagree: 2, noInference: 3 } as const

export function emptyPoints(count: number): Points {
  return {
    count,
    x: new Float32Array(count),
    y: new Float32Array(count),
    dataset: new Uint16Array(count),
    row: new Uint32Array(count),
    label: new Uint16Array(count),
    inference: new Uint16Array(count),
    confidence: new Float32Array(count).fill(NaN),
    agreement: new Uint8Array(count),
  }
}

/** Whether label and inference name the same category, for every point. */
export function agreementOf(label: Uint16Array, inference: Uint16Array): Uint8Array {
  const agreement = new Uint8Array(label.length)
  for (let i = 0; i < label.length; i++) {
    if (label[i] === 0) agreement[i] = AGREEMENT.noLabel
    else if (inference[i] === 0) agreement[i] = AGREEMENT.noInference
    else agreement[i] = label[i] === inference[i] ? AGREEMENT.agree : AGREEMENT.disagree
  }
  return agreement
}
