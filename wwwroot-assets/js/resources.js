// Draws what classes of jobs ask for beside what they used, with Apache ECharts; a click on a bar goes to the page.

import { bytes, load, scale, seconds } from './charts.js';

const open = new Map();
const amounts = { Memory: bytes, Runtime: seconds, Cpus: value => String(Number(value.toFixed(2))) };

function draw(state) {
  const style = getComputedStyle(state.root);
  const color = name => style.getPropertyValue(name).trim();
  const { kind, names, requested, median, max, chosen } = state;
  const format = amounts[kind];
  // As in the charts of jobs: 128 MiB and not 95.4 MiB.
  const axis = kind === 'Memory' ? scale(Math.max(...requested, ...median, ...max, 1), 1024) : {};
  const [ink, soft, line, surface] = ['--mud-palette-text-primary', '--mud-palette-text-secondary', '--mud-palette-lines-default', '--mud-palette-surface'].map(color);
  const isFaint = place => chosen.length > 0 && !chosen.includes(place);
  const bars = (name, values, fill, extra) => ({
    name, type: 'bar', cursor: 'pointer', barWidth: 9, barGap: '25%',
    data: values.map((value, place) => ({ value, itemStyle: { color: fill(place), opacity: isFaint(place) ? 0.35 : 1, ...extra } })),
  });
  state.chart.setOption({
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 24, top: 34, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 9, textStyle: { color: ink, fontSize: 12 }, selectedMode: false },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, transitionDuration: 0, confine: true, backgroundColor: surface, borderColor: line, textStyle: { color: ink, fontSize: 12 }, valueFormatter: format },
    xAxis: { type: 'value', min: 0, splitNumber: 4, ...axis, axisLabel: { formatter: format, color: soft, fontSize: 11, hideOverlap: true }, splitLine: { lineStyle: { color: line } } },
    yAxis: { type: 'category', data: names, inverse: true, axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisLabel: { color: ink, fontSize: 12, width: Math.min(180, state.root.clientWidth / 3), overflow: 'truncate' } },
    series: [
      { ...bars('requested', requested, () => color('--torc-edge')), itemStyle: { color: color('--torc-edge') } },
      { ...bars('most used', max, place => requested[place] > 0 && max[place] > requested[place] ? color('--torc-failed') : color('--torc-series-1')), itemStyle: { color: color('--torc-series-1') } },
      { ...bars('median', median, () => color('--torc-series-2')), itemStyle: { color: color('--torc-series-2') } },
    ],
  }, { notMerge: true });
  state.root.dataset.ready = 'true';
}

export async function show(root, owner, kind, names, requested, median, max, chosen, libraryUrl) {
  if (!root) {
    // It has gone while this script was loaded.
    return;
  }

  let state = open.get(root);
  if (!state) {
    state = { root, chart: null, resizes: new ResizeObserver(() => state.chart?.resize()) };
    open.set(root, state);
  }

  Object.assign(state, { owner, kind, names, requested, median, max, chosen });
  const echarts = await load(libraryUrl);
  if (open.get(root) !== state) {
    return;
  }

  if (!state.chart) {
    state.chart = echarts.init(root);
    state.chart.on('click', bar => state.owner.invokeMethodAsync('OnBarAsync', bar.dataIndex).catch(() => {}));
    state.resizes.observe(root);
  }

  draw(state);
}

export function stop(root) {
  const state = open.get(root);
  open.delete(root);
  state?.resizes.disconnect();
  state?.chart?.dispose();
}

document.addEventListener('torc-theme', () => open.forEach(state => state.chart && draw(state)));
