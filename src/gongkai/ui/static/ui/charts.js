/* Draws the charts of a page from the data beside them. The table below each says the same; it folds
   when the picture is there. A click on a stripe goes where its number leads. */
(function () {
  "use strict";
  var root = getComputedStyle(document.documentElement);
  function ink(name) { return root.getPropertyValue("--" + name).trim(); }

  var COLOURS = {
    met: "#a9c9b6", late: "#dca5a0", red: ink("red"), amber: "#d18a2a", green: ink("green"),
    blue: "#3a6ea5", grey: "#b9b3a8", cancelled: "#b9b3a8", ink: ink("ink-2")
  };
  var DECALS = {
    late: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.785, color: "rgba(120,20,20,.55)" },
    red: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: 0.785, color: "rgba(255,255,255,.45)" }
  };
  var SHAPES = { met: "circle", late: "triangle", red: "diamond", amber: "roundRect", green: "emptyCircle", ink: "circle" };
  var TEXT = { fontFamily: getComputedStyle(document.body).fontFamily, color: ink("ink"), fontSize: 14 };

  function base() {
    return {
      animation: false,
      textStyle: TEXT,
      aria: { enabled: false },
      tooltip: { renderMode: "richText", confine: true, textStyle: TEXT, borderColor: ink("line") }
    };
  }

  function bars(data) {
    var names = {
      type: "category", data: data.categories, axisTick: { show: false },
      inverse: data.lying, axisLabel: { color: ink("ink-2"), fontSize: 14, interval: data.lying ? 0 : "auto",
        width: data.lying ? 112 : undefined, overflow: data.lying ? "truncate" : "none" },
      axisLine: { lineStyle: { color: ink("edge") } }
    };
    var counts = { type: "value", minInterval: 1, axisLabel: { color: ink("ink-3"), fontSize: 13 },
      splitLine: { lineStyle: { color: ink("line") } } };
    return Object.assign(base(), {
      legend: { top: 0, left: 0, itemWidth: 18, itemHeight: 12, textStyle: { color: ink("ink-2"), fontSize: 14 } },
      grid: { left: 8, right: 16, top: 56, bottom: 8, containLabel: true },
      xAxis: data.lying ? counts : names,
      yAxis: data.lying ? names : counts,
      series: data.series.map(function (one) {
        return {
          type: "bar", stack: "all", name: one.label, data: one.values, barMaxWidth: 36,
          itemStyle: { color: COLOURS[one.code], decal: DECALS[one.code] }, emphasis: { focus: "series" },
          cursor: one.urls.length ? "pointer" : "default"
        };
      })
    });
  }

  function moments(data) {
    var series = data.moments.map(function (one) {
      return { value: [one.at, one.lane], name: one.label, symbol: SHAPES[one.code] || "circle",
        itemStyle: { color: COLOURS[one.code] || COLOURS.ink }, url: one.url };
    });
    return Object.assign(base(), {
      tooltip: Object.assign(base().tooltip, { formatter: function (at) {
        var day = new Date(at.value[0]);
        return day.getFullYear() + "年" + (day.getMonth() + 1) + "月" + day.getDate() + "日  " + at.name;
      } }),
      grid: { left: 8, right: 24, top: 16, bottom: 8, containLabel: true },
      xAxis: { type: "time", axisLabel: { color: ink("ink-2"), fontSize: 13, hideOverlap: true,
        formatter: { year: "{yyyy}年", month: "{M}月", day: "{M}月{d}日" } },
        axisLine: { lineStyle: { color: ink("edge") } }, splitLine: { show: true, lineStyle: { color: ink("line") } } },
      yAxis: { type: "category", data: data.lanes, inverse: true, axisTick: { show: false },
        axisLabel: { color: ink("ink-2"), fontSize: 14 }, axisLine: { show: false },
        splitLine: { show: true, lineStyle: { color: ink("line"), type: "dashed" } } },
      series: [{ type: "scatter", data: series, symbolSize: 14 }]
    });
  }

  function height(data) {
    if (data.kind === "moments") return 72 + 44 * data.lanes.length;
    return data.lying ? 88 + 34 * data.categories.length : 320;
  }

  function leadsTo(data, hit) {
    if (data.kind === "moments") return data.moments[hit.dataIndex].url;
    return data.series[hit.seriesIndex].urls[hit.dataIndex];
  }

  function draw(place) {
    var data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    place.hidden = false;
    place.style.height = height(data) + "px";
    place.setAttribute("aria-label", data.said);
    var chart = window.echarts.init(place, null, { renderer: "canvas" });
    chart.setOption(data.kind === "moments" ? moments(data) : bars(data));
    chart.on("click", function (hit) {
      var url = leadsTo(data, hit);
      if (url) window.location.assign(url);
    });
    new ResizeObserver(function () { chart.resize(); }).observe(place);
    place.parentElement.querySelector(".chart-table").open = false;
    place.dataset.drawn = "yes";
  }

  function all() { document.querySelectorAll("[data-chart]:not([data-drawn])").forEach(draw); }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all); else all();
})();
