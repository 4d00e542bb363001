/** Outlines on a grid of 24, drawn for this console. */
const PATHS = {
  network: 'M12 3v6M12 15v6M4 12h5M15 12h5M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  partners: 'M4 7h7v10H4zM13 7h7v10h-7zM8 12h8',
  conversation: 'M4 5h13v9H9l-5 4zM17 9h3v11l-4-3h-5',
  locations: 'M12 21s-7-6.2-7-11.5A7 7 0 0 1 19 9.5C19 14.800 12 21 12 21zM12 7v3M12 12v.1',
  sessions: 'M13 3 6 13h5l-1 8 8-11h-5z',
  cdrs: 'M6 3h9l4 4v14H6zM9 12h7M9 16h7M9 8h3',
  tariffs: 'M4 12 12 4h8v8l-8 8zM15.500 8.500v.1',
  tokens: 'M3 6h18v12H3zM3 10h18M7 15h3',
  commands: 'M4 6l5 6-5 6M12 18h8',
  drivers: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21a8 8 0 0 1 16 0',
  reports: 'M5 4v17M5 5h13l-3 4 3 4H5',
  events: 'M3 12h4l3-8 4 16 3-8h4',
  keys: 'M8 10a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 13 20 4M16 8l3 3',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2',
  moon: 'M20 14.500A8 8 0 1 1 9.500 4a6.500 6.500 0 0 0 10.500 10.500z',
  out: 'M14 4h5v16h-5M4 12h11M8 8l-4 4 4 4',
  more: 'M6 12v.1M12 12v.1M18 12v.1',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
} as const

/** Names of the icons. */
export type IconName = keyof typeof PATHS

/** An icon that only decorates: what it means stands beside it as text, or as the label of its button. */
export const Icon = ({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    aria-hidden="true"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.8"
    strokeLinecap="round"
    strokeLinejoin="round"
  >
    <path d={PATHS[name]} />
  </svg>
)

/** The mark of the product. */
export const Logo = () => (
  <svg aria-hidden="true" width="28" height="28" viewBox="0 0 32 32">
    <rect width="32" height="32" rx="8" fill="#364fc7" />
    <path d="M17.500 5 8 18h6.500L13 27l11-14h-7z" fill="#fff" />
  </svg>
)
