// RiskIndex
