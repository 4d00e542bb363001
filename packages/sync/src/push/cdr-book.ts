import type { CdrDelivery, ObjectKey, SyncStore } from '@interwatt/store'
import { keyText } from '@interwatt/store'

type Store = Pick<SyncStore, 'cdrDeliveries' | 'putCdrDeliveries' | 'putCdrDelivery' | 'dropCdrDeliveries'>

/**
 * The deliveries of a batch of CDRs to one partner. Before anything is posted the whole batch is written down as
 * begun, so that a crash leaves no POST without a trace; `close` takes back what never began.
 */
export class CdrBook {
  private constructor(
    private readonly store: Store,
    private readonly partnerId: string,
    private readonly deliveries: Map<string, CdrDelivery>,
    private readonly unbegun: Map<string, ObjectKey>,
  ) {}

  static async open(store: Store, partnerId: string, keys: readonly ObjectKey[]): Promise<CdrBook> {
    const known = await store.cdrDeliveries(partnerId, keys)
    const deliveries = new Map(known.map((delivery) => [keyText(delivery.key), delivery]))
    const fresh = keys.filter((key) => !deliveries.has(keyText(key)))
    await store.putCdrDeliveries(
      fresh.map((key) => ({ partnerId, key, state: 'unknown', locationUrl: null })),
    )
    return new CdrBook(store, partnerId, deliveries, new Map(fresh.map((key) => [keyText(key), key])))
  }

  /** What earlier attempts came to; undefined when none can have reached the partner. */
  known(key: ObjectKey): CdrDelivery | undefined {
    return this.deliveries.get(keyText(key))
  }

  async recordDelivered(key: ObjectKey, locationUrl: string | null): Promise<void> {
    const delivery: CdrDelivery = { partnerId: this.partnerId, key, state: 'delivered', locationUrl }
    this.deliveries.set(keyText(key), delivery)
    this.unbegun.delete(keyText(key))
    await this.store.putCdrDelivery(delivery)
  }

  /** A POST without success. `begun`: the partner may have it all the same. */
  recordAttempt(key: ObjectKey, begun: boolean): void {
    const text = keyText(key)
    if (begun) {
      this.unbegun.delete(text)
      const earlier = this.deliveries.get(text)
      this.deliveries.set(
        text,
        earlier ?? { partnerId: this.partnerId, key, state: 'unknown', locationUrl: null },
      )
    } else {
      this.deliveries.delete(text)
      this.unbegun.set(text, key)
    }
  }

  async close(): Promise<void> {
    await this.store.dropCdrDeliveries(this.partnerId, [...this.unbegun.values()])
  }
}
