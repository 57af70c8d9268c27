import type { MapChoicesQuery } from '@/gql/graphql'

export type Method = MapChoicesQuery['projectionMethods'][number]
export type Parameter = Method['parameters'][number]

/** What is typed, by parameter name; an empty text leaves the method's default. */
export type Typed = Record<string, string>

export function defaultsOf(method: Method): Typed {
  return Object.fromEntries(
    method.parameters.map((parameter) => [
      parameter.name,
      parameter.default == null ? '' : String(parameter.default),
    ]),
  )
}

/** The method's defaults, with the values of an earlier run in their place. */
export function typedOf(method: Method, earlier: unknown): Typed {
  const values = Object.entries((earlier ?? {}) as Record<string, unknown>)
  const known = new Set(method.parameters.map((parameter) => parameter.name))
  const kept = values.filter(([name, value]) => known.has(name) && value !== null)
  return { ...defaultsOf(method), ...Object.fromEntries(kept.map(([name, value]) => [name, String(value)])) }
}

/** The sentence under a field whose value is not allowed. */
export function parameterError(parameter: Parameter, typed: string): string | undefined {
  if (typed.trim() === '' || parameter.kind === 'choice' || parameter.kind === 'boolean') return undefined
  const value = Number(typed)
  if (Number.isNaN(value)) return 'Give a number.'
  if (parameter.kind === 'integer' && !Number.isInteger(value)) return 'Give a whole number.'
  const { minimum, maximum } = parameter
  if ((minimum != null && value < minimum) || (maximum != null && value > maximum)) return allowed(parameter)
  return undefined
}

/** "between 2 and 200", "at least 0". */
export function allowed({ minimum, maximum }: Parameter): string {
  if (minimum != null && maximum != null) return `Allowed: ${minimum} to ${maximum}.`
  if (minimum != null) return `Allowed: ${minimum} or more.`
  if (maximum != null) return `Allowed: at most ${maximum}.`
  return ''
}

/** The preset whose parameters are the typed ones. */
export function presetOf(method: Method, typed: Typed) {
  const compared = method.parameters.filter(({ kind }) => kind !== 'boolean')
  return method.presets.find((preset) => {
    const wanted = typedOf(method, preset.parameters)
    return compared.every(({ name }) => asSent(wanted[name]) === asSent(typed[name] ?? ''))
  })
}

/** "30.0" and " 30" are one number. */
function asSent(text: string): string {
  const trimmed = text.trim()
  return trimmed === '' || Number.isNaN(Number(trimmed)) ? trimmed : String(Number(trimmed))
}

export type Value = number | string | boolean

export function valuesOf(method: Method, typed: Typed): Record<string, Value> {
  const given = method.parameters.filter((parameter) => typed[parameter.name]?.trim())
  return Object.fromEntries(
    given.map((parameter) => {
      const text = typed[parameter.name].trim()
      if (parameter.kind === 'boolean') return [parameter.name, text === 'true']
      return [parameter.name, parameter.kind === 'choice' ? text : Number(text)]
    }),
  )
}
