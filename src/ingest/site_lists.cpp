#include "mta/ingest/site_lists.hpp"

#include "ingest/shipped_data.hpp"
#include "ingest/url_split.hpp"

namespace mta {
namespace {

bool is_host(std::string_view name) noexcept {
  return name.find('.') != std::string_view::npos && name.find(' ') == std::string_view::npos;
}

/// Asks `find` for a name, and where it is a host for the hosts above it, each as it stands and
/// under any suffix, until one is found.
template <typename Find>
auto look_up(const std::string& name, Find find) -> decltype(find(name)) {
  if (const auto found = find(name)) return found;
  if (!is_host(name)) return nullptr;
  const std::string domain = registrable_domain(name);
  const std::size_t first_dot = domain.find('.');
  const std::size_t suffix = first_dot == std::string::npos ? 0 : domain.size() - first_dot;
  for (std::size_t begin = 0; name.size() - begin >= domain.size();) {
    const std::string host = name.substr(begin);
    if (const auto found = find(host)) return found;
    if (suffix > 0) {
      if (const auto found = find(host.substr(0, host.size() - suffix) + ".*")) return found;
    }
    const std::size_t dot = name.find('.', begin);
    if (dot == std::string::npos) break;
    begin = dot + 1;
  }
  return nullptr;
}

template <typename Map>
auto finder(const Map& map) {
  return [&map](const std::string& name) -> decltype(&*map.begin()) {
    const auto at = map.find(name);
    return at == map.end() ? nullptr : &*at;
  };
}

bool is_category(std::string_view name) noexcept {
  for (const std::string_view known :
       {"search", "social", "video", "shopping", "ai_assistant", "email", "other"}) {
    if (name == known) return true;
  }
  return false;
}

}  // namespace

const SiteLists& SiteLists::shipped() {
  static const SiteLists lists = [] {
    SiteLists made;
    made.add_lines(shipped::additions);  // what is listed first counts
    made.add_lines(shipped::ga4_sources);
    made.add_lines(shipped::referrers);
    shipped::for_each_line(shipped::payment_providers, [&](std::string_view line) {
      made.lists_["payment_providers"].emplace(line);
    });
    made.lists_["own_domains"];
    return made;
  }();
  return lists;
}

void SiteLists::add_lines(std::string_view lines) {
  shipped::for_each_line(lines, [this](std::string_view line) {
    const std::string name(shipped::take_field(line));
    const std::string_view category = shipped::take_field(line);
    categories_.emplace(name, category);
    if (!line.empty()) media_.emplace(name, line);
  });
}

void SiteLists::add(const std::string& list, std::span<const std::string> names) {
  if (!is_category(list)) lists_[list];
  for (const std::string& name : names) {
    if (is_category(list)) {
      categories_[lowered(name)] = list;
    } else {
      lists_[list].insert(lowered(name));
    }
  }
}

std::string_view SiteLists::category(std::string_view name) const {
  const auto* const found = look_up(lowered(name), finder(categories_));
  return found == nullptr ? std::string_view{} : found->second;
}

std::string_view SiteLists::category(const Url& referrer) const {
  if (!referrer.is_app()) return category(referrer.host);
  const auto at = categories_.find(referrer.host);
  return at == categories_.end() ? std::string_view{} : at->second;
}

bool SiteLists::holds(const std::string& list, std::string_view name) const {
  if (is_category(list)) return category(name) == list;
  const auto at = lists_.find(list);
  return at != lists_.end() && look_up(lowered(name), finder(at->second)) != nullptr;
}

bool SiteLists::is_known(const std::string& list) const {
  return is_category(list) || lists_.contains(list);
}

std::string_view SiteLists::medium(std::string_view name) const {
  const auto at = media_.find(lowered(name));
  return at == media_.end() ? std::string_view{} : at->second;
}

std::string SiteLists::source(const Url& referrer) const {
  if (referrer.is_app()) return referrer.host;
  std::string domain = registrable_domain(referrer.host);
  const std::string_view kind = category(referrer);
  if (kind != category(domain)) {
    const auto* const listed = look_up(referrer.host, finder(categories_));
    return listed == nullptr || listed->first.ends_with('*') ? referrer.host : listed->first;
  }
  if (kind == "search") {
    std::string name = domain.substr(0, domain.find('.'));
    const auto at = categories_.find(name);
    if (at != categories_.end() && at->second == "search") return name;
  }
  return domain;
}

}  // namespace mta
