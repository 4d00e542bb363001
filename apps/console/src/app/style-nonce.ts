/** The value that lets this page write styles; the node puts another one into every answer. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''

/** Tells the library that locks scrolling behind dialogs; it reads a global of bundlers. */
export const shareStyleNonce = (): void => {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() })
}
