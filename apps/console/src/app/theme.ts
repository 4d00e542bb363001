import { Alert, type CSSVariablesResolver, createTheme } from '@mantine/core'

/** Colours and shapes of the console. Shades are chosen for a contrast of 4.5 to 1 at least, in light and dark. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  headings: { fontWeight: '650' },
  components: { Alert: Alert.extend({ defaultProps: { variant: 'outline', bg: 'var(--console-panel)' } }) },
})

/** The library's own grey text is too pale to read. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#495057',
    '--mantine-color-placeholder': '#5c636a',
    '--mantine-color-body': '#f8f9fb',
    '--mantine-color-anchor': '#364fc7',
    '--console-panel': '#ffffff',
    '--console-good': '#237032',
    '--console-busy': '#1864ab',
    '--console-warn': '#b35300',
    '--console-bad': '#c92a2a',
    '--console-quiet': '#868e96',
  },
  dark: {
    '--mantine-color-dimmed': '#b4b8bd',
    '--mantine-color-placeholder': '#9aa0a6',
    '--mantine-color-body': '#16181c',
    '--mantine-color-anchor': '#91a7ff',
    '--console-panel': '#1f2227',
    '--console-good': '#51cf66',
    '--console-busy': '#4dabf7',
    '--console-warn': '#ffa94d',
    '--console-bad': '#ff8787',
    '--console-quiet': '#909296',
  },
})
