/** Typed events: `on` returns the function that ends the subscription. */
export class Emitter<Events extends object> {
  private handlers = new Map<keyof Events, Set<(payload: never) => void>>()

  on<K extends keyof Events>(event: K, handler: (payload: Events[K]) => void): () => void {
    const listening = this.handlers.get(event) ?? new Set()
    this.handlers.set(event, listening.add(handler))
    return () => listening.delete(handler)
  }

  emit<K extends keyof Events>(event: K, payload: Events[K]): void {
    for (const handler of this.handlers.get(event) ?? []) (handler as (payload: Events[K]) => void)(payload)
  }

  clear(): void {
    this.handlers.clear()
  }
}
