//! Which file of a crate imports which, and the circles among them.
//!
//! Owns the resolving of names: through `crate`, `super`, `self`, declared modules, `use`
//! declarations and what they hand on. Must not know of rooms.

use crate::sources::{Import, Module, ModulePath, Modules, below};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// The imports between files: from each, to which others.
pub(crate) type Imports = BTreeMap<String, BTreeSet<String>>;

/// All imports between the files of a crate. A name that a module hands on without using it
/// (`pub use`) is no import of that module, and whoever names it imports the file that
/// defines it.
pub(crate) fn imports(modules: &Modules) -> Imports {
    let resolver = Resolver { modules, known: RefCell::default() };
    let mut imports = Imports::new();
    for (path, module) in modules {
        let from = imports.entry(module.file.clone()).or_default();
        let files = written(module).into_iter().filter_map(|written| resolver.file(path, &written));
        from.extend(files.filter(|file| **file != module.file).cloned());
    }
    imports
}

/// The paths that a module uses, as they are written. Of what it only hands on none.
fn written(module: &Module) -> BTreeSet<ModulePath> {
    let mut written = module.paths.clone();
    for import in &module.imports {
        if import.name != "*" {
            if !import.is_public || module.names.contains(&import.name) {
                written.insert(import.path.clone());
            }
        } else if !import.is_public {
            // Any name may be one of those that came with the others.
            written.extend(module.names.iter().map(|name| below(&import.path, name)));
        }
    }
    written
}

struct Resolver<'a> {
    modules: &'a Modules,
    /// What paths mean in modules. One that is being resolved means nothing until then, so
    /// that names which lead around in a circle come to an end.
    known: RefCell<HashMap<(ModulePath, ModulePath), Option<Target>>>,
}

/// A module, and the name of something in it, if it is not the module itself that is meant.
type Target = (ModulePath, Option<String>);

impl<'a> Resolver<'a> {
    /// The file that defines what a path means in a module; none for what is not of this
    /// crate, and for a module that is only named on the way to something in it.
    fn file(&self, within: &[String], written: &[String]) -> Option<&'a String> {
        let (path, item) = self.resolve(within, written)?;
        let module = self.modules.get(&path)?;
        let has = |name: &String| module.items.contains(name) || module.children.contains(name);
        item.filter(has).map(|_| &module.file)
    }

    /// The module that a path leads to, and the name in it.
    fn resolve(&self, within: &[String], written: &[String]) -> Option<Target> {
        let path = (within.to_vec(), written.to_vec());
        if let Some(known) = self.known.borrow().get(&path) {
            return known.clone();
        }
        self.known.borrow_mut().insert(path.clone(), None);
        let target = self.follow(within, written);
        self.known.borrow_mut().insert(path, target.clone());
        target
    }

    fn follow(&self, within: &[String], written: &[String]) -> Option<Target> {
        let (mut at, mut rest) = self.start(within, written)?;
        while let Some((name, after)) = rest.split_first() {
            let module = self.modules.get(&at)?;
            if name == "super" {
                at.pop();
            } else if module.children.contains(name) && self.modules.contains_key(&below(&at, name)) {
                at.push(name.clone());
            } else if module.items.contains(name) {
                return Some((at, Some(name.clone())));
            } else if name != "self" {
                return self.handed_on(&at, module, name, after).or(Some((at, Some(name.clone()))));
            }
            rest = after;
        }
        Some((at, None))
    }

    /// Where a path begins, and what is left of it.
    fn start<'b>(&self, within: &[String], written: &'b [String]) -> Option<(ModulePath, &'b [String])> {
        let (first, rest) = written.split_first()?;
        let module = self.modules.get(within)?;
        match first.as_str() {
            "crate" => Some((ModulePath::new(), rest)),
            "self" | "super" => Some((within.to_vec(), written)),
            name if module.children.contains(name) => Some((within.to_vec(), written)),
            name => {
                let import =
                    module.imports.iter().find(|import| import.name == name && import.path != written)?;
                match self.resolve(within, &import.path)? {
                    (at, None) => Some((at, rest)),
                    // What is defined in a type is defined where the type is.
                    (_, Some(_)) => None,
                }
            }
        }
    }

    /// What a name means that a module brings in from elsewhere.
    fn handed_on(&self, at: &[String], module: &Module, name: &str, after: &[String]) -> Option<Target> {
        let whole = |import: &Import| -> ModulePath { import.path.iter().chain(after).cloned().collect() };
        if let Some(import) = module.imports.iter().find(|import| import.name == name) {
            return self.resolve(at, &whole(import));
        }
        module.imports.iter().filter(|import| import.name == "*").find_map(|import| {
            let (from, _) = self.resolve(at, &import.path)?;
            let has = self.modules.get(&from)?.items.contains(name);
            has.then(|| (from, Some(name.to_owned())))
        })
    }
}

/// The circles: of each knot of files that import each other, the shortest way around.
pub(crate) fn circles(imports: &Imports) -> Vec<Vec<String>> {
    let mut circles: Vec<Vec<String>> = Vec::new();
    let mut done: BTreeSet<&String> = BTreeSet::new();
    for file in imports.keys() {
        if done.contains(file) {
            continue;
        }
        let ways = ways(imports, file);
        let Some(circle) = ways.get(file) else { continue };
        let knot = ways.keys().filter(|other| self::ways(imports, other).contains_key(file));
        done.extend(knot.copied());
        circles.push(circle.clone());
    }
    circles
}

/// The shortest way from a file to each that it reaches by one import or more.
fn ways<'a>(imports: &'a Imports, from: &'a String) -> BTreeMap<&'a String, Vec<String>> {
    let mut ways = BTreeMap::new();
    let mut waiting = VecDeque::from([(from, vec![from.clone()])]);
    while let Some((file, way)) = waiting.pop_front() {
        for next in imports.get(file).into_iter().flatten() {
            if !ways.contains_key(next) {
                let way: Vec<String> = way.iter().cloned().chain([next.clone()]).collect();
                ways.insert(next, way.clone());
                waiting.push_back((next, way));
            }
        }
    }
    ways
}
