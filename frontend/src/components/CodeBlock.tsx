import { chakra } from '@chakra-ui/react'

const tokens =
  /(?<comment>#.*)|(?<string>"[^"\n]*")|(?<keyword>\b(?:import|as|from|with|for|in)\b)|(?<call>\w+(?=\())/g
const colours: Record<string, string> = {
  comment: 'text3',
  string: 'ok',
  keyword: 'keyword',
  call: 'accentText',
}

/** A few lines of Python, coloured. */
export function CodeBlock({ code }: { code: string }) {
  return (
    <chakra.pre textStyle="code" p="16px" overflowX="auto" color="text">
      {colourise(code)}
    </chakra.pre>
  )
}

function colourise(code: string) {
  const pieces: React.ReactNode[] = []
  let end = 0
  for (const match of code.matchAll(tokens)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? []
    pieces.push(code.slice(end, match.index))
    pieces.push(
      <chakra.span key={match.index} color={colours[kind ?? '']}>
        {match[0]}
      </chakra.span>,
    )
    end = match.index + match[0].length
  }
  pieces.push(code.slice(end))
  return pieces
}
