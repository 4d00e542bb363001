/** Outlines on a field of 24 by 24. */
const paths = {
  map: 'M9 4 3 6.5v13L9 17l6 3 6-2.5v-13L15 7 9 4Zm0 0v13m6-10v13',
  bolt: 'M13 2 5 13.5h6L10 22l8-11.5h-6L13 2Z',
  history: 'M3.5 12a8.5 8.5 0 1 0 2.6-6.1M3 3.5V8h4.5M12 7.5V12l3 2',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8.5c.8-3.6 3.9-5.5 7.5-5.5s6.7 1.9 7.5 5.5',
  car: 'M4 16.5V12l2-5.5h12l2 5.5v4.5m-16 0h16m-16 0V19h2.5v-2.5m11 0V19H20v-2.5M4 12h16M7.5 14.3h.01m8.99 0h.01',
  card: 'M3 6.5h18v11H3v-11Zm0 3.5h18M6.5 14.5h4',
  key: 'M8 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm3.5-3.5H21v3.5m-4-3.5v2.5',
  flag: 'M5 21V4m0 1c4-2.5 8 2.5 14 0v9c-6 2.5-10-2.5-14 0',
  file: 'M6 3h8l4 4v14H6V3Zm8 0v4h4M9 13h6m-6 3.5h6',
  question:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-2.3-11.2a2.4 2.4 0 1 1 3.6 2.1c-.9.5-1.3 1-1.3 2m0 2.6h.01',
  close: 'm6 6 12 12M18 6 6 18',
  back: 'm14.5 5.5-6.5 6.5 6.5 6.5',
  next: 'm9.5 5.5 6.5 6.5-6.5 6.5',
  plus: 'M12 5v14M5 12h14',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  warning: 'M12 4 2.8 20h18.4L12 4Zm0 6v4.5m0 2.7h.01',
  offline:
    'M3 3l18 18M8.5 15.5a5 5 0 0 1 5.6-1M5.5 12.3a9.5 9.5 0 0 1 4-2.3m4.6 0a9.5 9.5 0 0 1 4.4 2.3M2.5 9a14 14 0 0 1 4.3-2.7M11 5.1A14 14 0 0 1 21.5 9M12 19h.01',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.8-1.7L20.5 20.5',
  filter: 'M4 6.5h16M7 12h10m-7 5.5h4',
  scan: 'M4 8V4h4m8 0h4v4m0 8v4h-4m-8 0H4v-4m3-4h10',
  pin: 'M12 21s7-6.3 7-11.5a7 7 0 0 0-14 0C5 14.7 12 21 12 21Zm0-9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2',
  plug: 'M8.5 3v4.5m7-4.5v4.5M6 7.5h12V11a6 6 0 0 1-12 0V7.5ZM12 17v4',
  leaf: 'M5 19c0-9 5-14 15-14 0 10-5 14-12 14-1 0-2-.5-2-.5M5 19.5 13 11.5',
  price:
    'M12 3v18m4.5-14.5C15.5 5.3 14 5 12 5c-2.5 0-4.5 1-4.5 3.4 0 5 9.3 2.2 9.3 7.1C16.8 18 14.5 19 12 19c-2.3 0-4-.6-5-2',
  list: 'M8.5 6h12m-12 6h12m-12 6h12M4 6h.01M4 12h.01M4 18h.01',
  target:
    'M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM12 2v3m0 14v3M2 12h3m14 0h3',
  stop: 'M6.5 6.5h11v11h-11z',
  download: 'M12 4v11.5m-4.5-4.5 4.5 4.5 4.5-4.5M5 20h14',
  globe:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-9-9h18M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.2 6.4-3.7 9c-2.5-2.6-3.7-5.6-3.7-9S9.5 5.6 12 3Z',
} as const

/** Name of an icon. */
export type IconName = keyof typeof paths

/** An icon beside words; it says nothing of its own. */
export const Icon = ({ name, size = 24 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    class="icon"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d={paths[name]} />
  </svg>
)

/** The mark of the app. */
export const Mark = ({ size = 32 }: { readonly size?: number }) => (
  <svg class="mark" width={size} height={size} viewBox="0 0 512 512" aria-hidden="true">
    <rect width="512" height="512" rx="112" fill="#0b6b52" />
    <path d="M286 92 158 286h84l-16 134 128-194h-84z" fill="#d9f7e8" />
  </svg>
)
