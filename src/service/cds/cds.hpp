#pragma once

#include <string>
#include <vector>

#include "service/api/service.hpp"

/// CDS Hooks 2.0: what a clinical system asks while an order is written, and the cards that it shows.
namespace proviso::service {

struct CdsOptions {
  std::string base_url;  ///< as clients reach the service: `https://checks.example.org`; the audience of their tokens
  std::string issuers;   ///< text of the file of trusted clients and their keys; empty: calls need no signed token
};

/// Discovery, the three services, feedback, and the answers to what browsers ask before them.
tl::expected<std::vector<Route>, std::string> cds_routes(Service& service, const CdsOptions& options);

}  // namespace proviso::service
