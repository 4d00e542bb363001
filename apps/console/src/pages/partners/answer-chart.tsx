import { Paper, Text, useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { AnswerHour } from '../../api/scorecards.js'
import { Mark } from '../../parts/values.js'
import { milliseconds } from './measures.js'

const HEIGHT = 190
const HOUR_MS = 3_600_000
const HOURS = 24

/** The hours of the last day, each with the 95th percentile of both directions; null where nothing was asked. */
const dataOf = (hours: readonly AnswerHour[]): uPlot.AlignedData => {
  const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
  const times = Array.from({ length: HOURS + 1 }, (_, index) => now - (HOURS - index) * HOUR_MS)
  const line = (direction: string): (number | null)[] => {
    const known = new Map(
      hours.filter((hour) => hour.direction === direction).map((hour) => [Date.parse(hour.at), hour.p95_ms]),
    )
    return times.map((atMs) => known.get(atMs) ?? null)
  }
  return [times.map((atMs) => atMs / 1000), line('out'), line('in')]
}

const createChart = (element: HTMLElement, hours: readonly AnswerHour[]): uPlot => {
  const colour = (name: string): string => getComputedStyle(element).getPropertyValue(name).trim()
  const axis = {
    stroke: colour('--mantine-color-dimmed'),
    grid: { stroke: colour('--mantine-color-default-border'), width: 1 },
    ticks: { show: false },
  }
  const series = (name: string) => ({
    stroke: colour(name),
    width: 2,
    spanGaps: false,
    points: { show: true, size: 6, fill: colour(name) },
  })
  return new uPlot(
    {
      width: element.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { y: { range: (_chart, _low, high) => [0, Math.max(10, high * 1.1)] } },
      axes: [axis, { ...axis, size: 60, values: (_chart, values) => values.map((ms) => milliseconds(ms)) }],
      series: [{}, series('--console-busy'), series('--console-warn')],
    },
    dataOf(hours),
    element,
  )
}

const Lines = ({ hours }: { readonly hours: readonly AnswerHour[] }) => {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const chart = createChart(element, hours)
    const resized = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }))
    resized.observe(element)
    return () => {
      resized.disconnect()
      chart.destroy()
    }
  }, [hours])
  return (
    <div
      ref={place}
      className="chart"
      role="img"
      aria-label="95th percentile of answer times by hour, as lines; the table below has the numbers"
    />
  )
}

/** Answer times of the last day by hour, both directions. */
const AnswerChart = ({ hours }: { readonly hours: readonly AnswerHour[] }) => {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  return (
    <Paper withBorder p="md" bg="var(--console-panel)">
      <div className="chart-legend">
        <Mark tone="busy">it answers us</Mark>
        <Mark tone="warn">we answer it</Mark>
        <Text size="xs" c="dimmed" component="span">
          95th percentile of each hour
        </Text>
      </div>
      <Lines key={scheme} hours={hours} />
    </Paper>
  )
}
export default AnswerChart
