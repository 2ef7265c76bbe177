import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { Course } from './course';

use([LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

/** A line across the picture. */
interface Level {
  name: string;
  points: number;
  isLimit: boolean;
}

/** What was issued over time, against the limit and the shares at which people are warned. */
export default function Curve({ course, levels, names, show }: { course: Course; levels: Level[]; names: { used: string; ahead: string }; show: (points: number) => string }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);

  useEffect(() => {
    const drawn = init(place.current);
    chart.current = drawn;
    const watcher = new ResizeObserver(() => drawn.resize());
    watcher.observe(place.current!);
    return () => {
      watcher.disconnect();
      drawn.dispose();
    };
  }, []);

  useEffect(() => {
    const line = { type: 'line', showSymbol: course.places.length === 1, connectNulls: false };
    const most = Math.max(...levels.map((it) => it.points), ...course.used.map((it) => it ?? 0), ...course.ahead.map((it) => it ?? 0), 1);
    chart.current?.setOption(
      {
        aria: { enabled: true },
        animation: false,
        color: ['#0958d9', '#8c8c8c'],
        grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
        legend: { top: 0, right: 0 },
        // Drawn on the canvas: the content security policy refuses styles in markup.
        tooltip: { trigger: 'axis', renderMode: 'richText', valueFormatter: (value: unknown) => (typeof value === 'number' ? show(value) : '–') },
        xAxis: { type: 'category', data: course.places },
        yAxis: { type: 'value', max: most, axisLabel: { formatter: (value: number) => show(Math.round(value)) } },
        series: [
          {
            ...line,
            name: names.used,
            data: course.used,
            areaStyle: { opacity: 0.08 },
            lineStyle: { width: 3 },
            markLine: {
              silent: true,
              symbol: 'none',
              data: levels.map((it) => ({
                yAxis: it.points,
                name: it.name,
                lineStyle: { color: it.isLimit ? '#a8071a' : '#d48806', type: it.isLimit ? 'solid' : 'dashed' },
                label: { formatter: it.name, position: it.isLimit ? 'insideEndBottom' : 'insideStartBottom', color: it.isLimit ? '#a8071a' : '#ad6800' },
              })),
            },
          },
          { ...line, name: names.ahead, data: course.ahead, lineStyle: { width: 2, type: 'dashed' } },
        ],
      },
      { notMerge: true },
    );
  }, [course, levels, names, show]);

  return <div ref={place} className="curve" role="img" />;
}
