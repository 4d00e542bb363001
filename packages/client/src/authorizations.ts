import { authorizationHeader, type TokenEncoding } from '@interwatt/protocol'

interface Written {
  readonly token: string
  readonly encoding: TokenEncoding
  readonly header: string
}

/** The `Authorization` header of each partner as it was written last, so that it is not encoded for every request. */
export class Authorizations {
  private readonly written = new Map<string, Written>()

  headerOf(partnerId: string, token: string, encoding: TokenEncoding): string {
    const last = this.written.get(partnerId)
    if (last !== undefined && last.token === token && last.encoding === encoding) return last.header
    const header = authorizationHeader(token, encoding)
    this.written.set(partnerId, { token, encoding, header })
    return header
  }

  forget(partnerId: string): void {
    this.written.delete(partnerId)
  }
}
