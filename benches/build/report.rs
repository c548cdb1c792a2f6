//! The figures as a Markdown table, and whether they keep what is promised of them.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;

use crate::Job;
use crate::meter::Figures;

const MEASURES: [fn(&Figures) -> f64; 3] = [|figures| figures.wall, |figures| figures.cpu, |figures| figures.peak];

/// Writes the table of one size: the best of the runs and, in brackets, their median; ratios are those of the medians.
pub(crate) fn write(
    services: usize,
    hugo: Option<&str>,
    figures: &BTreeMap<Job, Vec<Figures>>,
    out: &mut impl Write,
) -> Result<()> {
    let runs = figures.values().map(Vec::len).max().unwrap_or(0);
    writeln!(
        out,
        "\n{services} services, {} threads, best (median) of {runs} runs; {}\n",
        threads(),
        hugo.unwrap_or("no hugo found")
    )?;
    writeln!(out, "| | wall s | CPU s | peak MiB | of Hugo's wall | CPU | memory |")?;
    writeln!(out, "|---|---:|---:|---:|---:|---:|---:|")?;
    let hugo = figures.get(&Job::Hugo);
    for (job, runs) in figures {
        let [wall, cpu, peak] = MEASURES.map(|measure| (best(runs, measure), median(runs, measure)));
        let ratios = MEASURES.map(|measure| {
            let ratio = hugo.filter(|_| *job != Job::Hugo).map(|hugo| median(runs, measure) / median(hugo, measure));
            ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default()
        });
        writeln!(
            out,
            "| {} | {:.2} ({:.2}) | {:.2} ({:.2}) | {:.0} ({:.0}) | {} |",
            name(*job),
            wall.0,
            wall.1,
            cpu.0,
            cpu.1,
            peak.0,
            peak.1,
            ratios.join(" | ")
        )?;
    }
    promises(figures, out)
}

/// Pages and data together take less than Hugo's bare pages, pages alone at most half of their time and CPU.
fn promises(figures: &BTreeMap<Job, Vec<Figures>>, out: &mut impl Write) -> Result<()> {
    let (Some(hugo), Some(pages), Some(data)) =
        (figures.get(&Job::Hugo), figures.get(&Job::Pages), figures.get(&Job::PagesAndData))
    else {
        return Ok(());
    };
    let ratio = |runs: &[Figures], measure: fn(&Figures) -> f64| median(runs, measure) / median(hugo, measure);
    let [wall, cpu, peak] = MEASURES;
    let less = MEASURES.iter().all(|measure| ratio(data, *measure) < 1.0);
    let half = ratio(pages, wall) <= 0.5 && ratio(pages, cpu) <= 0.5 && ratio(pages, peak) <= 0.5;
    let word = |kept: bool| if kept { "yes" } else { "NO" };
    writeln!(
        out,
        "\nPages and data take less than Hugo's bare pages: {}. Pages alone take at most half: {}.",
        word(less),
        word(half)
    )?;
    Ok(())
}

fn name(job: Job) -> &'static str {
    match job {
        Job::Check => "check",
        Job::Pages => "pages",
        Job::Hugo => "Hugo, bare service pages",
        Job::PagesAndData => "pages and data",
        Job::Marks => "mark pictures alone",
        Job::Fresh => "everything, fresh",
        Job::Unchanged => "everything again, nothing changed",
        Job::OneChanged => "everything again, one record changed",
    }
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn sorted(runs: &[Figures], measure: fn(&Figures) -> f64) -> Vec<f64> {
    let mut values: Vec<f64> = runs.iter().map(measure).collect();
    values.sort_by(f64::total_cmp);
    values
}

fn best(runs: &[Figures], measure: fn(&Figures) -> f64) -> f64 {
    sorted(runs, measure).first().copied().unwrap_or(f64::NAN)
}

fn median(runs: &[Figures], measure: fn(&Figures) -> f64) -> f64 {
    let values = sorted(runs, measure);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
