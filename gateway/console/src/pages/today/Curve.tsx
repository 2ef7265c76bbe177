import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

interface Line {
  name: string;
  /** Null where the day has not come to yet. */
  hours: (number | null)[];
}

/** Turnover by hour: the day in front, the days it is compared with behind. */
export default function Curve({ lines, show }: { lines: Line[]; show: (minor: number) => string }) {
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
    chart.current?.setOption(
      {
        aria: { enabled: true },
        animation: false,
        color: ['#0958d9', '#8c8c8c', '#d48806'],
        grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
        legend: { top: 0, right: 0 },
        // Drawn on the canvas: the content security policy refuses styles in markup.
        tooltip: { trigger: 'axis', renderMode: 'richText', valueFormatter: (value: unknown) => (typeof value === 'number' ? show(value) : '–') },
        xAxis: { type: 'category', data: Array.from({ length: 24 }, (_, hour) => `${hour}:00`) },
        yAxis: { type: 'value', axisLabel: { formatter: (value: number) => show(value).replace(/[.]0+$/, '') } },
        series: lines.map((line, index) => ({
          type: 'line',
          name: line.name,
          data: line.hours,
          showSymbol: false,
          lineStyle: { width: index === 0 ? 3 : 1.5, type: index === 0 ? 'solid' : 'dashed' },
        })),
      },
      { notMerge: true },
    );
  }, [lines, show]);

  return <div ref={place} className="curve" role="img" />;
}
