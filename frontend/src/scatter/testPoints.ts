/** Points for tests: the same uneven cloud at every run. */
export function scattered(count: number): Float32Array {
  let seed = 12345
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648
  return Float32Array.from({ length: 2 * count }, () => random() ** 2 * 2 - 1)
}
