const radius = 6
const round = 2 * Math.PI * radius

/** 16 px ring; without a fraction it turns, because nothing can be counted. */
export function ProgressRing({ fraction }: { fraction: number | null }) {
  const shown = fraction ?? 0.25
  return (
    <svg width={16} height={16} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx={8} cy={8} r={radius} fill="none" stroke="var(--chroma-colors-bar-ghost)" strokeWidth={2} />
      <circle
        cx={8}
        cy={8}
        r={radius}
        fill="none"
        stroke="var(--chroma-colors-accent)"
        strokeWidth={2}
        strokeLinecap="round"
        strokeDasharray={`${shown * round} ${round}`}
        transform="rotate(-90 8 8)"
      >
        {fraction === null && (
          <animateTransform
            attributeName="transform"
            type="rotate"
            from="-90 8 8"
            to="270 8 8"
            dur="1.2s"
            repeatCount="indefinite"
          />
        )}
      </circle>
    </svg>
  )
}
