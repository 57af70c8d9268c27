const ring = Array.from({ length: 8 }, (_, step) => {
  const angle = (step * Math.PI) / 4
  return { cx: 10 + 7.4 * Math.sin(angle), cy: 10 - 7.4 * Math.cos(angle) }
})

export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      {ring.map(({ cx, cy }, index) => (
        <circle key={index} cx={cx} cy={cy} r={1.9} fill="currentColor" opacity={index % 2 ? 0.75 : 1} />
      ))}
      <circle cx={10} cy={10} r={2.3} fill="var(--chroma-colors-accent)" />
    </svg>
  )
}
