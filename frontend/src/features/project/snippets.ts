export interface SnippetPlace {
  origin: string
  project: string
  /** What the person types for the token; null lets the SDK read CHROMA_TOKEN. */
  token: string | null
}

export const snippetKinds = ['Images', 'Texts', 'Embeddings only'] as const
export type SnippetKind = (typeof snippetKinds)[number]

const data: Record<SnippetKind, string> = {
  Images: `    files=images,              # paths, bytes, PIL images or arrays
    labels=labels,
    inferences=predictions, confidences=confidences,
    embeddings=vectors,        # (n, d) floats
    model="cnn", version="1", layer="fc2")`,
  Texts: `    texts=texts,
    labels=labels,
    inferences=predictions, confidences=confidences,
    embeddings=vectors,        # (n, d) floats
    model="encoder", version="1", layer="pooled")`,
  'Embeddings only': `    embeddings=vectors,        # (n, d) floats
    model="cnn", version="1", layer="fc2")`,
}

/** The script that logs one's own data into this very project. Its name is whatever somebody typed: it stays a string. */
export function snippet(kind: SnippetKind, { origin, project, token }: SnippetPlace): string {
  const client = token
    ? `client  = chroma.Client(url="${origin}",\n                        token="${token}")`
    : `client  = chroma.Client(url="${origin}")   # token: CHROMA_TOKEN, or chroma-sdk login`
  return `# pip install ./sdk, in a checkout of Chroma
import chroma_sdk as chroma

${client}
project = client.project(${JSON.stringify(project)})
train   = project.dataset("train", kind="training")

train.log(
    keys=ids,
${data[kind]}

project.run_projection([train], method="umap")
`
}
